"""A change a record itself refuses: undone whole, and told to the person in words."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class RefusedError(ValidationError):
    """`message` says what is wrong and what to do.

    Raised while a person's change is written. `cms.middleware` undoes the change and shows the message;
    the admin's API answers 400 with it. `back`: where to, if not to the page the person comes from.
    """

    def __init__(self, message: str, back: str = "") -> None:
        super().__init__({NON_FIELD_ERRORS: [message]})
        self.back = back
