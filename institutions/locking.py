"""Who changes an institution, its members or its invitations waits for whoever does so already.

One lock for all of it, the institution's row, taken before any other: so nobody holds what another needs.
"""

from institutions.models import Institution


def locked(*ids: int) -> list[Institution]:
    """These institutions as they are now, in the order asked for; nobody changes them until the transaction
    ends. Several in the order of their keys: two who ask for the same ones both ways wait for one another."""
    rows = Institution.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    found = {institution.pk: institution for institution in rows}
    return [found[pk] for pk in ids if pk in found]
