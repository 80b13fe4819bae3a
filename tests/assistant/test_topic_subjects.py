from __future__ import annotations

import pytest

from assistant.curriculum import load_curriculum
from assistant.topic_subjects import topic_subjects
from tests.conftest import REPOSITORY

CURRICULUM = load_curriculum(REPOSITORY / "corpus")
SUBJECTS = topic_subjects(CURRICULUM)


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("what-is-docker", "Docker"),
        ("what-is-an-ai-agent", "an AI agent"),
        ("circuit-breaker", "Circuit Breaker"),
        ("structured-logging", "structured logging"),
        ("event-driven-design", "event-driven design"),
        ("kubernetes-resource-optimization", "Kubernetes resource optimization"),
        ("rest-vs-grpc-vs-websocket", "REST, gRPC and WebSocket"),
        ("consul-eureka-nacos", "Consul, Eureka and Nacos"),
        ("oauth2-jwt-oidc", "OAuth2, JWT, and OIDC"),
        ("gitops-argocd-flux", "GitOps tools (ArgoCD, Flux)"),
        ("infrastructure-ci-cd", "CI/CD pipelines for infrastructure"),
        ("tls-and-mtls", "TLS and mTLS in services"),
        ("servers-vms-and-containers", "Servers, VMs, and containers"),
        ("three-pillars-of-observability", "logs, metrics and traces"),
    ],
)
def test_a_title_becomes_a_subject(topic: str, expected: str) -> None:
    assert SUBJECTS[topic] == expected


def test_every_topic_has_a_subject_of_its_own_that_fits_into_a_question() -> None:
    assert list(SUBJECTS) == list(CURRICULUM.topics)
    assert len(set(SUBJECTS.values())) == len(SUBJECTS)
    assert not [each for each in SUBJECTS.values() if each != each.strip() or "?" in each or ":" in each]
