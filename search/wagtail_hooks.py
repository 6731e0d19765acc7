from wagtail import hooks

from search.viewsets import SynonymGroupViewSet, synonym_groups


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymGroupViewSet:
    return synonym_groups
