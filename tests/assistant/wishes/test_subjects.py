from __future__ import annotations

import pytest

from assistant.curriculum import Curriculum
from assistant.wishes import Subjects


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        ("Docker", {"what-is-docker"}),
        ("REST", {"rest-design-principles"}),
        ("K8s", {"pods-deployments-services"}),
        ("the basics of Terraform", {"iac-terraform-pulumi-cdk"}),
        ("saga-vs-2pc", {"saga-vs-2pc"}),
        ("RAG", {"retrieval-augmented-generation"}),
        ("Kafka and RabbitMQ", {"kafka-rabbitmq-nats"}),
        ("DevOps Fundamentals", {"what-is-devops", "ci-cd-ct", "dev-and-ops-collaboration"}),
        ("module 3", {"what-is-devops", "ci-cd-ct", "dev-and-ops-collaboration"}),
        ("everything in module 3", {"what-is-devops", "ci-cd-ct", "dev-and-ops-collaboration"}),
        ("terrafrom", {"iac-terraform-pulumi-cdk"}),
        ("Prometeus", {"prometheus-and-grafana"}),
        ("Java", set()),
        ("my dog", set()),
        ("Docker stew", set()),
        ("", set()),
        ("the", set()),
        ("7", set()),
    ],
)
def test_a_name_is_resolved_as_a_whole(name: str, topics: set[str], subjects: Subjects) -> None:
    assert subjects.resolve(name) == topics


def test_ranges_of_modules_and_levels(subjects: Subjects, curriculum: Curriculum) -> None:
    topics = curriculum.topics.values()
    assert subjects.resolve("modules 1-3 and 5") == {topic.id for topic in topics if topic.module in {1, 2, 3, 5}}
    assert subjects.resolve("modules 99") == set()
    assert subjects.resolve("all beginner topics") == {topic.id for topic in topics if topic.level == "beginner"}


def test_every_title_and_alias_names_its_topic(subjects: Subjects, curriculum: Curriculum) -> None:
    for topic in curriculum.topics.values():
        for name in (topic.id, topic.title, *topic.aliases):
            assert topic.id in subjects.resolve(name), (topic.id, name)


def test_said(subjects: Subjects) -> None:
    assert subjects.said([]) == ""
    assert subjects.said(["rest-design-principles", "what-is-docker"]) == "REST design principles; What is Docker?"
    assert subjects.said(subjects.resolve("modules 1-2")) == (
        "Monolith vs Microservices vs SOA; Characteristics and principles of microservices; "
        "Use cases and anti-patterns and 5 more topics"
    )
