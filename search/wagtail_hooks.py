from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import SynonymGroup
from search.viewsets import SynonymGroupViewSet, synonym_groups

register_permission_policy(SynonymGroup, ModelPermissionPolicy(SynonymGroup))


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymGroupViewSet:
    return synonym_groups
