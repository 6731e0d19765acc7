from institutions.models.change import InstitutionChange
from institutions.models.institution import Institution, InstitutionKind, InstitutionName
from institutions.models.invitation import Invitation
from institutions.models.membership import Membership
from institutions.models.review import OwnersApprovalTask, Review, ReviewTask
from institutions.models.section import SectionPage
from institutions.models.workspace import RoleGroup, Workspace

__all__ = [
    "Institution",
    "InstitutionChange",
    "InstitutionKind",
    "InstitutionName",
    "Invitation",
    "Membership",
    "OwnersApprovalTask",
    "Review",
    "ReviewTask",
    "RoleGroup",
    "SectionPage",
    "Workspace",
]
