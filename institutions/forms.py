from typing import Any

from institutions.loading import GOVERNMENTS
from institutions.models import Institution
from taxonomy.forms import FixedCodeForm


class InstitutionForm(FixedCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "predecessors" in self.fields:
            # Ministries and agencies are split and merged; 552 regional governments would bury them.
            governments = [kind for kind, _short in GOVERNMENTS.values()]
            others = Institution.objects.exclude(kind__in=governments)
            if self.instance.pk:
                others = others.exclude(pk=self.instance.pk) | self.instance.predecessors.all()
            self.fields["predecessors"].queryset = others.distinct()
