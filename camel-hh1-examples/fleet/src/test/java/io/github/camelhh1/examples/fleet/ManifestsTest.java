package io.github.camelhh1.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests are read strictly, and their numbers are those of the worker. */
class ManifestsTest {
    /** Seconds that Camel waits beyond its own time-out. */
    private static final int CAMEL_ADDS = 15;

    /** Seconds: the component's {@code lookupTimeout}, in which an exchange may still wait for a look-up. */
    private static final Map<String, Class<?>> KINDS = Map.of(
            "ServiceAccount", ServiceAccount.class,
            "Deployment", Deployment.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "NetworkPolicy", NetworkPolicy.class);

    /** The model keeps unknown fields. Here they are an error. */
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated any) {
                    return false;
                }
            });

    private static Map<String, JsonNode> documents(String file) throws IOException {
        Map<String, JsonNode> found = new HashMap<>();
        try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class)
                .readValues(Path.of("kubernetes", file).toFile())) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                found.put(document.path("kind").asText(), document);
            }
        }
        return found;
    }

    private static PodSpec pod() throws IOException {
        return STRICT.treeToValue(documents("worker.yaml").get("Deployment"), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container container() throws IOException {
        return pod().getContainers().get(0);
    }

    /** The environment of the container, as its worker reads it. */
    private static WorkerSettings settings() throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container().getEnv()) {
            environment.put(variable.getName(), variable.getValue() == null ? "secret" : variable.getValue());
        }
        return WorkerSettings.read(environment::get);
    }

    private static WorkerSettings defaults() {
        Map<String, String> least = Map.of(
                "FLEET_QUEUE", "q",
                "S3_IN", "a",
                "S3_OUT", "b",
                "FLEET_LEDGER", "jdbc:postgresql://l/h",
                "CLOUDFLARE_ACCOUNT_ID", "c",
                "CLOUDFLARE_API_TOKEN", "t");
        return WorkerSettings.read(least::get);
    }

    @Test
    void everyDocumentIsOfAKnownKindWithoutAnUnknownField() throws IOException {
        Map<String, JsonNode> documents = documents("worker.yaml");

        assertThat(documents.keySet()).isEqualTo(KINDS.keySet());
        for (var document : documents.entrySet()) {
            assertThat(STRICT.treeToValue(document.getValue(), KINDS.get(document.getKey())))
                    .isNotNull();
        }
    }

    @Test
    void aMisspelledFieldWouldBeFound() throws IOException {
        ObjectNode deployment = (ObjectNode) documents("worker.yaml").get("Deployment");
        ((ObjectNode) deployment.path("spec")).put("replica", 3);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> STRICT.treeToValue(deployment, Deployment.class)))
                .hasMessageContaining("replica");
    }

    @Test
    void theWorkerTakesItsSettingsAndTheyAreItsDefaults() throws IOException {
        WorkerSettings settings = settings();

        assertThat(settings.times()).isEqualTo(defaults().times());
        assertThat(settings.inFlight()).isEqualTo(defaults().inFlight());
        assertThat(settings.queues().tries()).isEqualTo(defaults().queues().tries());
        assertThat(settings.http()).isEqualTo(defaults().http());
    }

    @Test
    void theGracePeriodOutlastsTheDrainAndTheDrainOutlastsACall() throws IOException {
        assertThat(settings().times().shutdown().toSeconds())
                .isGreaterThan(settings().times().generation().toSeconds()
                        + settings().times().lookup().toSeconds());
        assertThat(pod().getTerminationGracePeriodSeconds())
                .isGreaterThan(settings().times().shutdown().toSeconds() + CAMEL_ADDS);
        assertThat(container().getLifecycle())
                .as("a preStop sleep would delay the drain")
                .isNull();
    }

    @Test
    void livenessDependsOnTheProcessOnly() throws IOException {
        Container container = container();

        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/ready");
        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(defaults().http());
        });
    }

    @Test
    void secretsAreReferencesAndTheRootFileSystemIsReadOnly() throws IOException {
        assertThat(container().getEnv())
                .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|TOKEN|ACCOUNT_ID)"))
                .hasSize(3)
                .allSatisfy(variable ->
                        assertThat(variable.getValueFrom().getSecretKeyRef()).isNotNull());
        assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
    }

    @Test
    void theImageRunsAsTheUserOfTheDeployment() throws IOException {
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("USER " + pod().getSecurityContext().getRunAsUser() + ":"
                        + pod().getSecurityContext().getRunAsGroup())
                .contains("/app/fleet-worker.jar");
    }

    @Test
    void theBudgetAndThePolicySelectTheWorkersPods() throws IOException {
        Map<String, JsonNode> documents = documents("worker.yaml");
        Deployment deployment = STRICT.treeToValue(documents.get("Deployment"), Deployment.class);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        var budget = STRICT.treeToValue(documents.get("PodDisruptionBudget"), PodDisruptionBudget.class);
        var policy = STRICT.treeToValue(documents.get("NetworkPolicy"), NetworkPolicy.class);
        var account = STRICT.treeToValue(documents.get("ServiceAccount"), ServiceAccount.class);

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
                .as("a node is drained, and the others work on")
                .isLessThan(deployment.getSpec().getReplicas());
        assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(pod().getServiceAccountName())
                .isEqualTo(account.getMetadata().getName());
    }

    @Test
    void theNetworkPolicyLetsTheWorkerReachWhatItsSettingsName() throws IOException {
        NetworkPolicy policy = STRICT.treeToValue(documents("worker.yaml").get("NetworkPolicy"), NetworkPolicy.class);
        List<Integer> ports = policy.getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
        URI ledger = URI.create(settings().ledger().url().substring("jdbc:".length()));

        assertThat(ports).contains(443, ledger.getPort() < 0 ? 5432 : ledger.getPort(), 53);
        assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).isEmpty();
    }

    @Test
    void theAutoscalerFollowsKedasSchema() throws IOException {
        JsonNode schema = STRICT.readTree(ManifestsTest.class.getResource("/keda/scaledobject.schema.json"));
        JsonNode scaled = documents("autoscaling.yaml").get("ScaledObject");
        ObjectNode broken = scaled.deepCopy();
        ((ObjectNode) broken.path("spec")).put("maxReplicas", 3);
        ((ObjectNode) broken.at("/spec/triggers/0/metadata")).put("queueLength", 20);

        assertThat(Schema.problems(schema, scaled)).isEmpty();
        assertThat(Schema.problems(schema, broken))
                .containsExactlyInAnyOrder(
                        "/spec: maxReplicas is unknown", "/spec/triggers[]/metadata/queueLength: 20 is no \"string\"");
    }

    @Test
    void theAutoscalerScalesTheDeploymentAndSignsInAsItSays() throws IOException {
        Map<String, JsonNode> scaling = documents("autoscaling.yaml");
        JsonNode spec = scaling.get("ScaledObject").path("spec");
        JsonNode deployment = documents("worker.yaml").get("Deployment");

        assertThat(spec.at("/scaleTargetRef/name")).isEqualTo(deployment.at("/metadata/name"));
        assertThat(spec.at("/triggers/0/authenticationRef/name"))
                .isEqualTo(scaling.get("TriggerAuthentication").at("/metadata/name"));
        assertThat(spec.at("/triggers/0/metadata/awsRegion").asText())
                .isEqualTo(settings().queues().region().orElseThrow());
        assertThat(spec.path("minReplicaCount").asInt())
                .isLessThanOrEqualTo(spec.path("maxReplicaCount").asInt());
    }

    @Test
    void theAutoscalerCountsMessagesAsANodeTakesThem() throws IOException {
        JsonNode spec = documents("autoscaling.yaml").get("ScaledObject").path("spec");

        assertThat(spec.at("/triggers/0/metadata/queueLength").asInt())
                .isEqualTo(settings().inFlight());
        assertThat(spec.at("/triggers/0/metadata/queueURL").asText())
                .endsWith("/" + settings().queues().photos());
        assertThat(spec.at("/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/stabilizationWindowSeconds")
                        .asLong())
                .isGreaterThanOrEqualTo(settings().times().generation().toSeconds());
    }

    @Test
    void theLifecycleRulesEndWhatKilledWorkersLeave() throws IOException {
        for (String file : List.of("lifecycle-photos.json", "lifecycle-videos.json")) {
            JsonNode rules = new ObjectMapper()
                    .readTree(Files.readString(Path.of("aws", file)))
                    .path("Rules");
            assertThat(rules).isNotEmpty().allSatisfy(rule -> {
                assertThat(rule.path("Status").asText()).isEqualTo("Enabled");
                assertThat(rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation")
                                .asInt())
                        .isPositive();
                // Links of S3 live for at most a week: nothing may go that a link still leads to.
                assertThat(rule.at("/Expiration/Days").asInt(8)).isGreaterThan(7);
            });
        }
    }
}
