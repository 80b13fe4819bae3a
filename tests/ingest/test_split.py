from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.curriculum import load_curriculum
from assistant.embedding import MAX_TOKENS, load_embedder
from assistant.sentences import BlockKind, prose_blocks
from assistant.settings import Settings
from ingest.documents import read_corpus
from ingest.split import split_document, split_text


def words(text: str) -> int:
    return len(text.split())


def test_short_text_is_one_chunk_as_it_stands() -> None:
    text = "One two. Three four.\n\n- five\n- six\n\n```sh\nseven\n```"
    assert split_text(text, words, budget=50) == [text]


def test_cuts_fall_between_sentences_and_repeat_the_last_one() -> None:
    text = "Alpha one two. Beta one two. Gamma one two."
    assert split_text(text, words, budget=6, overlap=3) == [
        "Alpha one two. Beta one two.",
        "Beta one two. Gamma one two.",
    ]
    assert split_text(text, words, budget=6, overlap=0) == ["Alpha one two. Beta one two.", "Gamma one two."]


def test_code_and_tables_are_never_cut() -> None:
    code = "```sh\n" + "\n".join(f"echo {n}" for n in range(40)) + "\n```"
    table = "| a | b |\n| --- | --- |\n" + "\n".join(f"| {n} | {n} |" for n in range(40))
    chunks = split_text(f"Before it.\n\n{code}\n\n{table}\n\nAfter it.", words, budget=20)
    assert code in chunks
    assert any(table in chunk for chunk in chunks)


@given(st.lists(st.text("abc. \n", min_size=1, max_size=60), max_size=12), st.integers(3, 30), st.integers(0, 10))
def test_nothing_is_lost_and_nothing_is_too_long(parts: list[str], budget: int, overlap: int) -> None:
    text = "\n\n".join(parts)
    chunks = split_text(text, words, budget, overlap)
    everything = " ".join(" ".join(chunks).split())
    for block in prose_blocks(text):
        for word in block.text.split():
            assert word in everything
    for chunk in chunks:
        pieces = [block for block in prose_blocks(chunk) if block.kind is BlockKind.PARAGRAPH]
        assert words(chunk) <= budget or len(pieces) == 1


def test_real_corpus_fits_the_model() -> None:
    settings = Settings()
    embedder = load_embedder(None)
    ids: list[str] = []
    too_long = []
    for document in read_corpus(settings.corpus_dir, load_curriculum(settings.corpus_dir)):
        for chunk in split_document(document, embedder.count_tokens):
            passage = chunk.passage
            ids.append(passage.id)
            tokens = embedder.count_tokens(f"{passage.heading}\n{passage.text}") + 2
            blocks = prose_blocks(passage.text)
            whole = len(blocks) == 1 and blocks[0].kind in {BlockKind.CODE, BlockKind.TABLE}
            if tokens > MAX_TOKENS and not whole:
                too_long.append((tokens, passage.heading))
    assert too_long == []
    assert len(ids) == len(set(ids))
