"""What one search over several knowledge bases answers."""

from .conftest import text_material


def test_copies_in_two_knowledge_bases_count_once(bases) -> None:
    bases.create("copy")
    for name in ("kb", "copy"):
        for number, words in enumerate(("the kettle is under warranty", "the kettle costs money", "a kettle boils")):
            bases.ingest_material(name, text_material(f"d{number}", words))
    bases.ingest_material("copy", text_material("own", "our kettle is blue"))
    hits = bases.search("kettle", names=["kb", "copy"])
    assert sorted(hit.chunk.document_id for hit in hits) == ["d0", "d1", "d2", "own"]
    alone = bases.search("kettle warranty", names=["kb"])
    assert [hit.chunk.text for hit in bases.search("kettle warranty", names=["kb", "copy"], limit=1)] == [
        alone[0].chunk.text
    ]
