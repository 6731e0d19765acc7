from cms.models.documents import CustomDocument
from cms.models.images import CustomImage, CustomRendition
from cms.models.mail import OutgoingMail
from cms.models.pages import BasePage

__all__ = ["BasePage", "CustomDocument", "CustomImage", "CustomRendition", "OutgoingMail"]
