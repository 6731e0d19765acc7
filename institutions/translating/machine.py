"""A first draft by a machine, of the texts that nobody has translated yet."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.refusals import RefusedError
from institutions.translating import storing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Drafted:
    """What became of the answers of a machine (its name): `made` are stored; `left` says in words which were
    not, and why."""

    machine: str
    made: int = 0
    left: list[str] = field(default_factory=list)

    def in_words(self) -> Iterator[tuple[int, str]]:
        """Messages to who asked the machine, each with its level."""
        if self.made:
            yield (
                messages.SUCCESS,
                ngettext(
                    "%(n)d teks diterjemahkan dengan %(machine)s. Baca dan perbaiki sebelum diajukan.",
                    "%(n)d teks diterjemahkan dengan %(machine)s. Baca dan perbaiki sebelum diajukan.",
                    self.made,
                )
                % {"n": self.made, "machine": self.machine},
            )
        else:
            yield (
                messages.WARNING,
                _("Tidak ada teks baru dari %(machine)s.") % {"machine": self.machine},
            )
        if self.left:
            yield messages.WARNING, storing.not_taken(self.left)


def ask(machine: BaseMachineTranslator, translation: Translation) -> dict[str, str]:
    """What the machine makes of each text that has no translation. It may take its time: no transaction
    should be open. Raises `RefusedError` where it does not answer."""
    texts = {segment.string.data: segment.string.as_value() for segment in _untold(translation)}
    if not texts:
        return {}
    try:
        answers = machine.translate(
            translation.source.locale, translation.target_locale, list(texts.values())
        )
    # The provider's own library decides what it raises.
    except Exception as error:
        logger.exception("the machine translation failed")
        raise RefusedError(
            _("Mesin penerjemah tidak menjawab. Tidak ada yang berubah; coba lagi nanti.")
        ) from error
    found = {text: answers.get(value) for text, value in texts.items()}
    return {text: answer.data for text, answer in found.items() if answer is not None and answer.data}


def keep(
    machine: BaseMachineTranslator,
    translation: Translation,
    answers: dict[str, str],
    user: "User | AnonymousUser",
) -> Drafted:
    """Stores the machine's answers, but over nothing that somebody wrote meanwhile."""
    result = Drafted(machine.display_name)
    for segment in _untold(translation):
        text = segment.string.data
        if text not in answers:
            continue
        try:
            storing.store(
                translation, segment, answers[text], user, tool=machine.display_name, by_machine=True
            )
        except RefusedError as refused:
            result.left.append(f"“{text[:60]}”: {' '.join(refused.messages)}")
        else:
            result.made += 1
    return result


def _untold(translation: Translation) -> list[StringSegment]:
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    told = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    )
    known = set(told.values_list("translation_of_id", "context_id"))
    # A sentence may stand twice in one text.
    pairs = {(one.string_id, one.context_id): one for one in segments.order_by("-order")}
    return [one for pair, one in reversed(pairs.items()) if pair not in known]
