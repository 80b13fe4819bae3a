from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import Block, BlockKind, code_spans, fence_closed, fence_opened, prose_blocks, split_sentences

SPLIT = [
    ("A breaker opens. A breaker closes.", ["A breaker opens.", "A breaker closes."]),
    ("Does a breaker open? Yes! Always.", ["Does a breaker open?", "Yes!", "Always."]),
    ("Run the tool. `kubectl` prints a line.", ["Run the tool.", "`kubectl` prints a line."]),
    ("The port is open. 443 is closed.", ["The port is open.", "443 is closed."]),
    ('One limit holds. "Burst" adds to it.', ["One limit holds.", '"Burst" adds to it.']),
    ('He said "stop." The pod stopped.', ['He said "stop."', "The pod stopped."]),
    ("Queues hold calls (see above.) Workers drain them.", ["Queues hold calls (see above.)", "Workers drain them."]),
    ("Pods fail. (Nodes fail too.) Clusters stay.", ["Pods fail.", "(Nodes fail too.)", "Clusters stay."]),
    ("HTTP/2 is required. gRPC uses streams.", ["HTTP/2 is required.", "gRPC uses streams."]),
    ("Raft elects one leader. etcd uses Raft.", ["Raft elects one leader.", "etcd uses Raft."]),
    ("Use queues, streams, etc. Kafka is a log.", ["Use queues, streams, etc.", "Kafka is a log."]),
    ("The data stay in the U.S. The law says so.", ["The data stay in the U.S.", "The law says so."]),
    ("A calls service B. Service B calls C.", ["A calls service B.", "Service B calls C."]),
    ("Conway wrote to B. The reply came.", ["Conway wrote to B.", "The reply came."]),
    ("Use version 1.5. Version 1.6 breaks.", ["Use version 1.5.", "Version 1.6 breaks."]),
    ("Edit `a.yaml`. Apply it.", ["Edit `a.yaml`.", "Apply it."]),
    ("Wait 5 sec. 3 pods start.", ["Wait 5 sec.", "3 pods start."]),
]

WHOLE = [
    "A store, e.g. Redis, keeps counters.",
    "A store (e.g. Redis) keeps counters.",
    "A log, i.e. Kafka, keeps events.",
    "Compare REST vs. GraphQL first.",
    "Queues, streams, etc. are brokers.",
    "Queues, etc. gRPC aside, are brokers.",
    "Version 1.5 of deployment.yaml sets 0.25 cores.",
    "Run `echo One. Two` once.",
    "Run ``echo `One`. Two`` once.",
    "The U.S. East region is full.",
    "The job waits... Then nothing is certain.",
    "Melvin E. Conway published the law.",
    "Papers by J. R. Smith and L. Lamport exist.",
    "J. Smith wrote the tool.",
    "See Fig. 3 and Sec. 4 for the curve.",
    "Cho et al. 2014 describe the cell.",
    "Two states exist: Open is one; Closed is the other.",
    "The file named a.B is read.",
    "The node stopped. and then nothing.",
    "1. Install the chart.",
    "one",
]


@pytest.mark.parametrize(("paragraph", "sentences"), SPLIT)
def test_splits(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


@pytest.mark.parametrize("paragraph", WHOLE)
def test_keeps_whole(paragraph: str) -> None:
    assert split_sentences(paragraph) == [paragraph]


def test_white_space_becomes_single_spaces() -> None:
    assert split_sentences(" One  is\n here.\r\nTwo\tis. ") == ["One is here.", "Two is."]
    assert split_sentences(" \n ") == []


PROSE = st.lists(st.sampled_from(["A.", "b", "e.g.", "U.S.", "`", "``", "x.Y", "(C.)", '"D!"', "3", "...", "?", "\n"]))


@given(st.one_of(st.text(), PROSE.map(" ".join)))
def test_nothing_is_lost(paragraph: str) -> None:
    normalised = " ".join(paragraph.split())
    sentences = split_sentences(paragraph)
    assert " ".join(sentences) == normalised
    assert all(sentence and sentence in normalised for sentence in sentences)


def test_code_spans_pair_equal_runs_of_backticks() -> None:
    assert code_spans("a `b` ``c ` d`` ` e") == [(2, 5), (6, 15)]


def test_fences() -> None:
    assert fence_opened("```yaml") == "```"
    assert fence_opened("  ~~~~") == "~~~~"
    assert fence_opened("``` a`b") is None
    assert fence_opened("    ```") is None
    assert fence_closed("`````  ", "```")
    assert not fence_closed("```", "````")
    assert not fence_closed("~~~", "```")
    assert not fence_closed("```yaml", "```")


SECTION = """\
A paragraph
in two lines.

- One item
  continued,
lazily.
  - Nested.

  Later.
- Two.

Another paragraph.
| a | b |
| - | - |

1. Step.
2) Step two.
```yaml
- not: an item

# not a heading
```
   Tail."""


def test_blocks_in_order_with_their_lines() -> None:
    blocks = prose_blocks(SECTION)
    assert blocks == [
        Block(BlockKind.PARAGRAPH, "A paragraph in two lines."),
        Block(BlockKind.LIST_ITEM, "One item continued, lazily. Nested. Later."),
        Block(BlockKind.LIST_ITEM, "Two."),
        Block(BlockKind.PARAGRAPH, "Another paragraph."),
        Block(BlockKind.TABLE, "| a | b |\n| - | - |"),
        Block(BlockKind.LIST_ITEM, "Step."),
        Block(BlockKind.LIST_ITEM, "Step two."),
        Block(BlockKind.CODE, "```yaml\n- not: an item\n\n# not a heading\n```"),
        Block(BlockKind.PARAGRAPH, "Tail."),
    ]
    assert [block.line for block in blocks] == [0, 3, 9, 11, 12, 15, 16, 17, 22]


def test_longer_closing_fence_and_unclosed_fence() -> None:
    assert prose_blocks("~~~\na\n~~~~\nb") == [
        Block(BlockKind.CODE, "~~~\na\n~~~~"),
        Block(BlockKind.PARAGRAPH, "b"),
    ]
    assert prose_blocks("```\na") == [Block(BlockKind.CODE, "```\na")]


def test_crlf_reads_like_lf() -> None:
    assert prose_blocks(SECTION.replace("\n", "\r\n")) == prose_blocks(SECTION)


@pytest.mark.parametrize("piece", ["`", "` `` ", "a. ", "(", '"', "U.S. ", ".", "- a\n", "```\n", "|\n"])
def test_time_is_linear(piece: str) -> None:
    text = piece * 100_000
    start = time.process_time()
    split_sentences(text)
    prose_blocks(text)
    assert time.process_time() - start < 5  # a quadratic reader takes minutes
