"""Pages for what goes wrong: in Indonesian, standing without a database or a menu."""

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.factories.home import make_home


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "500.html"])
def test_error_page__says_what_to_do_without_any_context(name: str) -> None:
    html = get_template(name).render()
    assert html.count("<h1>") == 1
    assert '<html lang="id">' in html
    assert '<a href="/">Ke beranda</a>' in html


@pytest.mark.django_db
def test_csrf__a_stale_form_is_explained() -> None:
    make_home()
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("digits", [19, 4300, 4301])
@pytest.mark.parametrize("address", ["/documents/{}/a.pdf", "/id/inovasi/{}/", "/id/tanya/{}/"])
def test_number__longer_than_any_is_not_found(address: str, digits: int) -> None:
    make_home()
    assert Client().get(address.format("9" * digits)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-7", "idna", "utf-16", "latin-1"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=a", "application/x-www-form-urlencoded"])
def test_form__in_another_character_set_cannot_be_read(kind: str, charset: str) -> None:
    make_home()
    body = b'--a\r\nContent-Disposition: form-data; name="username"\r\n\r\n+2AA-\r\n--a--\r\n'
    response = Client().generic("POST", "/admin/login/", body, content_type=f"{kind}; charset={charset}")
    assert response.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in response.content.decode()
