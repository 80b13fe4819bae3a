"""Goals as learners write them, with the topics they ask for.

Owns: the cases. A case is (goal, topics that must be found, topics that may be found besides). Every second case, from
the second on, was kept aside while ``match_goal`` was changed.
"""

from __future__ import annotations

GoalCase = tuple[str, frozenset[str], frozenset[str]]


def _case(goal: str, must: str, may: str = "") -> GoalCase:
    return goal, frozenset(must.split()), frozenset(may.split())


CASES: tuple[GoalCase, ...] = (
    _case(
        "deploy an LLM app on Kubernetes",
        "pods-deployments-services llm-frameworks-and-pipelines",
        "llms-vs-traditional-ml helm-and-kustomize ingress-configmaps-secrets model-routing-and-fallback "
        "genai-observability-and-testing rolling-updates popular-foundation-models model-serving-apis",
    ),
    _case("learn Terraform", "iac-terraform-pulumi-cdk", "infrastructure-ci-cd self-service-environments"),
    _case("MLOps", "ml-ci-cd-pipelines experiment-tracking model-versioning-and-reproducibility", "model-lifecycle"),
    _case(
        "build a chatbot over my company's documents",
        "retrieval-augmented-generation",
        "vector-databases llm-frameworks-and-pipelines agent-embedding-and-retrieval agent-use-cases llm-agent-examples "
        "prompting-basics hallucination-detection",
    ),
    _case(
        "understand RAG and vector databases",
        "retrieval-augmented-generation vector-databases",
        "agent-embedding-and-retrieval llm-frameworks-and-pipelines",
    ),
    _case("set up Prometheus and Grafana", "prometheus-and-grafana", "slis-slos-and-error-budgets three-pillars-of-observability"),
    _case("event sourcing with Kafka", "event-sourcing-and-cqrs kafka-rabbitmq-nats", "event-driven-design dead-letter-queues-and-delivery-guarantees real-time-ai-pipelines"),
    _case("secure my services with mTLS and OAuth", "tls-and-mtls oauth2-jwt-oidc", "zero-trust-architecture gateway-auth-rate-limiting-observability"),
    _case("zero downtime deployments", "rolling-updates blue-green-deployments", "canary-releases-and-feature-flags health-checks-and-probes"),
    _case("canary releases", "canary-releases-and-feature-flags", "blue-green-deployments rolling-updates"),
    _case(
        "fine-tune a language model on my own data",
        "fine-tuning-tools dataset-preparation peft-lora-qlora",
        "pretraining-and-fine-tuning evaluating-fine-tuned-models",
    ),
    _case(
        "write better prompts",
        "prompting-basics",
        "cot-few-shot-zero-shot prompt-compression-and-optimization",
    ),
    _case(
        "build an AI agent that calls tools",
        "tool-integration-and-execution",
        "external-tool-calls what-is-an-ai-agent agent-building-libraries agent-frameworks-and-patterns llm-agent-examples "
        "agent-autonomy-control agent-reliability-and-fallbacks agent-rate-limiting-and-guardrails",
    ),
    _case(
        "protect agents against prompt injection",
        "prompt-injection-protection",
        "agent-autonomy-control agent-rate-limiting-and-guardrails agent-audit-trails human-in-the-loop",
    ),
    _case("cut our cloud bill", "cloud-billing-and-forecasting", "cost-allocation spot-instances-and-autoscaling kubernetes-resource-optimization"),
    _case("run chaos experiments", "fault-injection", "latency-and-dependency-testing load-testing"),
    _case("migrate a monolith to microservices", "monolith-vs-microservices-vs-soa microservice-use-cases-and-anti-patterns", "microservice-principles conways-law"),
    _case("GitOps with Argo CD", "gitops-argocd-flux", "sealed-secrets-in-gitops multi-cluster-management"),
    _case("secrets in Vault, rotated automatically", "vault-and-aws-secrets-manager secret-rotation", "sealed-secrets-in-gitops"),
    _case("set up a CI pipeline with GitHub Actions", "github-actions-gitlab-ci-jenkins", "pipeline-stages ci-cd-ct container-registry-integrations infrastructure-ci-cd ml-ci-cd-pipelines"),
    _case("design a REST API and document it with OpenAPI", "rest-design-principles openapi-documentation", "http-verbs-and-status-codes"),
    _case("gRPC or GraphQL?", "grpc-and-graphql-intro", "rest-vs-grpc-vs-websocket"),
    _case("autoscale my pods", "kubernetes-autoscaling", "spot-instances-and-autoscaling kubernetes-resource-optimization pods-deployments-services"),
    _case("Kubernetes from zero", "pods-deployments-services", "ingress-configmaps-secrets health-checks-and-probes helm-and-kustomize rbac-namespaces-multi-tenancy rolling-updates"),
    _case("serve a PyTorch model behind an API", "model-serving-apis tensorflow-serving-and-torchserve", "ml-frameworks online-vs-batch-inference"),
    _case("real-time fraud scoring on a stream", "real-time-ai-pipelines", "online-vs-batch-inference async-inference-with-queues kafka-rabbitmq-nats"),
    _case("explain model predictions", "explainability-shap-lime", "bias-and-fairness-audits ai-governance-and-audit-trails"),
    _case("check a model for bias", "bias-and-fairness-audits", "explainability-shap-lime ai-governance-and-audit-trails"),
    _case("SLOs and error budgets", "slis-slos-and-error-budgets", "org-level-slos alert-fatigue"),
    _case("fewer alerts at night", "alert-fatigue", "slis-slos-and-error-budgets prometheus-and-grafana"),
    _case("trace requests across services", "distributed-tracing", "three-pillars-of-observability structured-logging"),
    _case("centralised logging", "elk-loki-fluentd structured-logging", "three-pillars-of-observability unified-observability-and-service-catalog"),
    _case("serverless on AWS", "serverless-functions", "serverless-orchestration event-fan-out cloud-providers-overview"),
    _case("developer portal with Backstage", "backstage", "unified-observability-and-service-catalog developer-experience self-service-environments"),
    _case("survive the loss of a region", "multi-region-failover", "geo-redundancy-and-replication global-load-balancing regions-zones-vpcs-and-subnets"),
    _case("system design case studies like Uber and Netflix", "ride-dispatching-design video-delivery-design", "ecommerce-system-design messaging-platform-design"),
    _case("distributed transactions", "saga-vs-2pc", "eventual-consistency change-data-capture"),
    _case("retries, timeouts and circuit breakers", "retry-with-exponential-backoff circuit-breaker", "bulkhead-and-fallback latency-and-dependency-testing"),
    _case("scan containers for vulnerabilities", "sast-and-dast-tools", "volumes-networks-and-container-security shift-left-security container-lifecycle-and-best-practices container-registry-integrations"),
    _case("GDPR and SOC 2", "compliance-essentials", "ai-governance-and-audit-trails"),
    _case("evaluate agents and detect hallucinations", "agent-evaluation-metrics hallucination-detection", "genai-observability-and-testing agent-reliability-and-fallbacks"),
    _case("multi-agent systems with LangGraph and CrewAI", "agent-building-libraries task-decomposition-and-multi-agent", "agent-frameworks-and-patterns"),
)  # fmt: skip
"""The cases, no two about the same subjects."""
