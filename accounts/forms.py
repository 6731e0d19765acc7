from typing import Any

from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from cms.readers import in_language_of


class PasswordResetForm(WagtailPasswordResetForm):
    """For `WAGTAILADMIN_USER_PASSWORD_RESET_FORM`: the mail is in its reader's language, not in that of the
    browser that asks."""

    def send_mail(
        self, subject_template: str, body_template: str, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        with in_language_of(context["user"]):
            super().send_mail(subject_template, body_template, context, *args, **kwargs)
