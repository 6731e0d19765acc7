from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.navigation import frame
from directory.models import DirectorySectionPage
from home import figures as counting
from home.front import directory_address


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every number of the front page with what it is made of: tables whose rows lead to the records."""
    around = frame(request)
    innovations = counting.public_innovations(around)
    owners = (
        innovations.filter(institution__isnull=False)
        .values("institution_id", "institution__name")
        .annotate(count=Count("translation_key", distinct=True))
        .order_by("-count", "institution__name")
    )
    sections = around.readable(DirectorySectionPage.objects.filter(institution__isnull=False))
    addresses = {section.institution_id: section.get_url(request) for section in sections}
    return render(
        request,
        "home/figures.html",
        {
            "figures": counting.figures(around, get_language() or "id"),
            "directory_url": directory_address(request),
            "owners": [
                {
                    "name": row["institution__name"],
                    "count": row["count"],
                    "url": addresses.get(row["institution_id"]),
                }
                for row in owners
            ],
            "confirmed": counting.confirmed_innovations(around)
            .select_related("institution")
            .order_by("-last_date", "title"),
            "unrecognised": innovations.filter(institution__isnull=True).count(),
        },
    )
