"""The second step of signing in: who is asked for it, what opens it, and that nothing goes past it."""

from datetime import timedelta

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from accounts import checks
from accounts.models import SecondStep, User
from accounts.two_factor import codes
from accounts.two_factor.codes import Answer
from institutions import memberships
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index

pytestmark = pytest.mark.django_db

PASSWORD = "kuda-lumping-biru-7"
HOME = "/admin/"
ENTER, SET_UP = "/admin/kode/", "/admin/kode/pasang/"


@pytest.fixture(autouse=True)
def _as_in_public(settings: Settings) -> None:
    settings.TWO_FACTOR = "roles"


@pytest.fixture
def ani() -> User:
    """An administrator."""
    return User.objects.create_superuser("ani", "ani@contoh.go.id", PASSWORD)


def member(role: Role, *kinds: SectionKind, source: str = "") -> User:
    make_home()
    news_index()
    provision_portal()
    institution = InstitutionFactory(code="sleman")
    provision(institution, [SectionKind.NEWS])
    user = User.objects.create_user("budi", "budi@contoh.go.id", PASSWORD)
    memberships.begin(user, institution, role, kinds, source)
    return user


def sign_in(client: Client, user: User, next_: str = HOME) -> HttpResponse:
    return client.post(
        reverse("wagtailadmin_login"), {"username": user.username, "password": PASSWORD, "next": next_}
    )


def now(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30 * steps))


def with_app(user: User) -> tuple[str, list[str]]:
    """A second step that was set up some time ago: its secret and recovery codes."""
    secret = codes.new_secret()
    recovery = codes.set_up(user, secret, now(secret))
    assert recovery is not None
    SecondStep.objects.update(used=[])
    return secret, recovery


def signed_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


@pytest.mark.parametrize("role", [Role.VALIDATOR, Role.PROGRAMME_OWNER])
def test_required__of_roles_of_the_whole_portal(client: Client, role: Role) -> None:
    user = member(role, source=Source.KIPP if role is Role.VALIDATOR else "")
    sign_in(client, user)
    assert client.get("/admin/pages/?q=a").url == f"{SET_UP}?next=%2Fadmin%2Fpages%2F%3Fq%3Da"
    assert not signed_in(client)


def test_required__of_administrators(client: Client, ani: User) -> None:
    sign_in(client, ani)
    assert client.get(HOME).url == SET_UP


def test_required__not_of_an_institutions_editor_unless_of_all(client: Client, settings: Settings) -> None:
    user = member(Role.EDITOR, SectionKind.NEWS)
    sign_in(client, user)
    assert signed_in(client)
    settings.TWO_FACTOR = "all"
    assert client.get(HOME).url == SET_UP


def test_required__of_an_open_session_of_who_becomes_a_validator(client: Client) -> None:
    user = member(Role.EDITOR, SectionKind.NEWS)
    sign_in(client, user)
    assert signed_in(client)
    memberships.begin(user, InstitutionFactory(code="sleman"), Role.VALIDATOR, source=Source.KIPP)
    assert client.get(HOME).url == SET_UP


def test_required__never_where_it_is_switched_off(client: Client, ani: User, settings: Settings) -> None:
    settings.TWO_FACTOR = "none"
    sign_in(client, ani)
    assert signed_in(client)


def test_set_up__with_a_code_of_the_app_shows_recovery_codes_once(client: Client, ani: User) -> None:
    sign_in(client, ani)
    page = client.get(SET_UP, {"next": "/admin/pages/"})
    secret = page.context["secret"]
    assert "<svg" in page.content.decode()
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    done = client.post(f"{SET_UP}?next=/admin/pages/", {"code": now(secret)})
    shown = done.context["recovery"]
    assert len(set(shown)) == codes.RECOVERY_CODES
    assert 'href="/admin/pages/"' in done.content.decode()
    assert signed_in(client)
    kept = SecondStep.objects.get()
    assert not any(code in str(kept.recovery) for code in shown)
    assert ModelLogEntry.objects.filter(action="accounts.second_step.on", user=ani).exists()


def test_enter__is_asked_of_everybody_who_has_it(client: Client, settings: Settings, ani: User) -> None:
    settings.TWO_FACTOR = "none"
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    assert client.get("/admin/images/").url == f"{ENTER}?next=%2Fadmin%2Fimages%2F"
    assert client.post(f"{ENTER}?next=/admin/images/", {"code": now(secret)}).url == "/admin/images/"
    assert signed_in(client)


def test_enter__before_it_the_person_is_nobody_anywhere(client: Client, ani: User) -> None:
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    for path in ("/admin/users/", "/admin/api/main/pages/", "/admin/logout/x/", "/admin/kodenya/"):
        assert client.get(path).status_code == 302, path
        assert client.post(path).status_code == 302, path
    assert client.get("/healthz").wsgi_request.user.is_anonymous
    assert client.get("/admin/akun/dua-langkah/").url.startswith(ENTER)
    # Nor can it be set up anew, without the code of the one there is.
    assert client.get(SET_UP).url == ENTER
    assert client.post(SET_UP, {"code": now(secret)}).url == ENTER


def test_enter__a_code_is_good_once(client: Client, ani: User) -> None:
    secret, _recovery = with_app(ani)
    code = now(secret)
    assert codes.check(ani, code) is Answer.RIGHT
    assert codes.check(ani, f" {code[:3]} {code[3:]}") is Answer.WRONG
    # Nor in the digits of other scripts' keyboards.
    wide = code.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert codes.check(ani, wide) is Answer.WRONG


def test_enter__codes_used_out_of_order_are_good_once_each(ani: User) -> None:
    secret, _recovery = with_app(ani)
    # Used at a moment at which it was the latest, and two others after it.
    latest = now(secret, 1)
    SecondStep.objects.update(used=[latest, "000001", "000002"])
    for steps in (0, -1):
        assert codes.check(ani, now(secret, steps)) is Answer.RIGHT
    assert codes.check(ani, latest) is Answer.WRONG


def test_moving__needs_a_code_of_the_present_app_too(client: Client, ani: User) -> None:
    secret, recovery = with_app(ani)
    sign_in(client, ani)
    client.post(ENTER, {"code": now(secret)})
    page = client.get(SET_UP)
    new = page.context["secret"]
    assert list(page.context["form"].fields) == ["present", "code"]
    for given in ({}, {"present": ""}, {"present": "000000"}, {"present": now(new)}):
        refused = client.post(SET_UP, {"code": now(new), **given})
        assert refused.status_code == 422
        assert refused.context["secret"] == new
    # A wrong code of the new one uses nothing up.
    assert client.post(SET_UP, {"code": "000000", "present": recovery[0]}).status_code == 422
    assert client.post(SET_UP, {"code": now(new), "present": recovery[0]}).status_code == 200
    assert signed_in(client)
    assert SecondStep.objects.get().secret == new


def test_set_up__ends_the_sessions_of_who_else_knows_the_password(
    client: Client, ani: User, settings: Settings
) -> None:
    settings.TWO_FACTOR = "none"
    other = Client()
    for browser in (client, other):
        sign_in(browser, ani)
        assert signed_in(browser)
    new = client.get(SET_UP).context["secret"]
    assert signed_in(other)
    client.post(SET_UP, {"code": now(new)})
    assert signed_in(client)
    assert not signed_in(other)


def test_check__of_a_step_taken_off_meanwhile_is_wrong(ani: User) -> None:
    secret, _recovery = with_app(ani)
    codes.turn_off(ani)
    assert codes.check(ani, now(secret)) is Answer.WRONG


@pytest.mark.parametrize(("steps", "answer"), [
    (-2, Answer.WRONG), (-1, Answer.RIGHT), (1, Answer.RIGHT), (2, Answer.WRONG),
])  # fmt: skip
def test_enter__clocks_may_differ_by_one_step(ani: User, steps: int, answer: Answer) -> None:
    secret, _recovery = with_app(ani)
    assert codes.check(ani, now(secret, steps)) is answer


def test_enter__a_recovery_code_is_good_once_however_it_is_typed(client: Client, ani: User) -> None:
    _secret, recovery = with_app(ani)
    assert codes.check(ani, recovery[3].lower().replace("-", " ")) is Answer.RIGHT
    assert codes.check(ani, recovery[3]) is Answer.WRONG
    assert codes.check(ani, recovery[4]) is Answer.RIGHT
    assert len(SecondStep.objects.get().recovery) == codes.RECOVERY_CODES - 2


@pytest.mark.parametrize("code", ["", " ", "123456", "١٢٣٤٥٦", "0" * 40, "\x00", "12345", "é" * 6])
def test_enter__hostile_codes_are_wrong(client: Client, ani: User, code: str) -> None:
    with_app(ani)
    sign_in(client, ani)
    assert client.post(ENTER, {"code": code}).status_code == 422
    assert not signed_in(client)


def test_enter__guessing_leads_nowhere_even_with_the_password(
    client: Client, ani: User, settings: Settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    secret, recovery = with_app(ani)
    for number in range(3):
        # Signing in anew with the right password begins nothing anew.
        sign_in(client, ani)
        client.post(ENTER, {"code": f"00000{number}"})
    response = client.post(ENTER, {"code": now(secret)})
    assert response.status_code == 429
    assert codes.check(ani, recovery[0]) is Answer.WAIT
    step = SecondStep.objects.get()
    step.wrong_since = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    step.save()
    assert client.post(ENTER, {"code": now(secret)}).status_code == 302


def test_enter__leads_to_no_other_site(client: Client, ani: User) -> None:
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    assert client.post(f"{ENTER}?next=https://jahat.example/", {"code": now(secret)}).url == HOME


def test_enter__gives_the_session_another_key(client: Client, ani: User) -> None:
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    before = client.session.session_key
    client.post(ENTER, {"code": now(secret)})
    assert client.session.session_key != before


def test_enter__without_a_password_leads_to_the_sign_in(client: Client) -> None:
    assert client.get(ENTER).url == reverse("wagtailadmin_login")
    assert client.get(SET_UP).url == reverse("wagtailadmin_login")


def test_leave__ends_what_was_begun(client: Client, ani: User) -> None:
    with_app(ani)
    sign_in(client, ani)
    client.post("/admin/kode/keluar/")
    assert client.get(ENTER).url == reverse("wagtailadmin_login")


def test_turning_off__needs_a_code_and_is_refused_where_required(
    client: Client, ani: User, settings: Settings
) -> None:
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    client.post(ENTER, {"code": now(secret)})
    client.post(reverse("two_factor_turn_off"), {"code": now(secret, 1)})
    assert codes.is_on(ani)
    settings.TWO_FACTOR = "none"
    client.post(reverse("two_factor_turn_off"), {"code": "000000"})
    assert codes.is_on(ani)
    client.post(reverse("two_factor_turn_off"), {"code": now(secret, 1)})
    assert not codes.is_on(ani)
    assert ModelLogEntry.objects.filter(action="accounts.second_step.off", user=ani).exists()


def test_renewing__makes_the_old_recovery_codes_worthless(client: Client, ani: User) -> None:
    secret, recovery = with_app(ani)
    sign_in(client, ani)
    client.post(ENTER, {"code": now(secret)})
    shown = client.post(reverse("two_factor_renew"), {"code": now(secret, 1)}).context["recovery"]
    assert codes.check(ani, recovery[0]) is Answer.WRONG
    assert codes.check(ani, shown[0]) is Answer.RIGHT


def test_pages__of_the_second_step_cost_the_same_for_everybody(client: Client, ani: User) -> None:
    with_app(ani)
    sign_in(client, ani)
    page = client.get(ENTER)
    assert "no-store" in page["Cache-Control"]
    assert client.get(reverse("two_factor_state")).status_code == 302


def test_command__takes_the_second_step_off(client: Client, ani: User) -> None:
    secret, _recovery = with_app(ani)
    sign_in(client, ani)
    client.post(ENTER, {"code": now(secret)})
    assert signed_in(client)
    call_command("reset_two_factor", "ANI@contoh.go.id")
    assert not codes.is_on(ani)
    assert not signed_in(client)
    with pytest.raises(CommandError, match="no second step"):
        call_command("reset_two_factor", "ani")
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_two_factor", "tidak-ada")


def test_check__of_a_setting_that_is_none_of_the_three(settings: Settings) -> None:
    assert checks.two_factor() == []
    settings.TWO_FACTOR = "yes"
    assert [found.id for found in checks.two_factor()] == ["accounts.E001"]
