"""The label that AI-generated content carries when it leaves the workbench as a file.

Sources: 《人工智能生成合成内容标识办法》 ("the Measures", in force 2025-09-01) and the mandatory standard GB 45438-2025
《网络安全技术 人工智能生成合成内容标识方法》.
"""

from dataclasses import dataclass

from workbench.chat import COMPOSER
from workbench.run import Run, Version
from workbench.texts import Lang, text

from .authorship import CHANCE

GENERATED, POSSIBLY = "1", "2"  # GB 45438-2025, Annex E: 属于, 可能为 (3, 疑似, is for platforms that detect it)
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Label:
    """What a file shows (``visible``) and what stands in its metadata under the name ``AIGC`` (``metadata``).

    ``kept`` is the share, 0 to 1, of the words that are still the draft's.
    """

    visible: str
    metadata: dict[str, str]
    kept: float
    quotes: bool = False


def label(run: Run, version: Version, kept: float, producer: str, lang: Lang, *, quotes: bool = False) -> Label:
    """The label of a version of a run, of whose words the share ``kept`` stands in version 1 too.

    The visible words follow Measures art. 4: an export holds an explicit label at the start, the end or a fitting place
    of a text. GB 45438-2025 asks that the words name both artificial intelligence (人工智能 or AI) and generation or
    synthesis (生成, 合成): ours begin with "AI 生成", and the English label carries the Chinese words too. What a
    person edited stays labelled: art. 10 forbids removing a label, and the Measures know no exception for edited text.
    The words say how much of it is the draft's. A text that shares no more with the draft than chance
    (``authorship.CHANCE``) was written by a person; its label says so, and its metadata say "possibly", for thoughts
    may have been taken over.

    The built-in composer generates nothing, but a neural encoder chooses the passages that it assembles, and art. 3
    covers text that is generated *or synthesised* with AI (人工智能生成合成内容). Whether that falls under it is open,
    so it is labelled on the safe side as "possibly", in the words of the Measures, and then says exactly what was done.

    ``quotes``: the export also holds words that somebody handed in, as a review does. The label says that it does not
    speak of them.

    The metadata are the seven fields of art. 5 and GB 45438-2025 Annex E, in its order. ``ContentProducer`` is the
    service provider's name or code, ``ProduceID`` its number of the content: run id and version. At the first writing
    the fields of the propagator equal those of the producer. ``ReservedCode1``, which the standard leaves to the
    producer for protecting content and label, is filled with ``governance.seal`` when the file is written.
    """
    kind = "composed" if run.usage.backend == COMPOSER else "generated"
    if kept >= 1:
        words, rewritten = text(f"governance:{kind}", lang), False
    else:
        rewritten = kept < CHANCE
        state = "rewritten" if rewritten else "edited"
        words = text(f"governance:{kind}.{state}", lang, share=min(max(round(kept * 100), 1 if kept else 0), 99))
    if quotes:
        words += text("governance:quotes", lang)
    name, number = producer.strip() or UNNAMED, f"{run.run_id}-{version.number}"
    return Label(
        visible=words,
        metadata={
            "Label": POSSIBLY if kind == "composed" or rewritten else GENERATED,
            "ContentProducer": name,
            "ProduceID": number,
            "ReservedCode1": "",
            "ContentPropagator": name,
            "PropagateID": number,
            "ReservedCode2": "",
        },
        kept=kept,
        quotes=quotes,
    )
