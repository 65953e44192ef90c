package io.github.camelhh1.springboot;

import io.github.camelhh1.Hh1Component;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Sets the properties {@code camel.component.hh1.*} of a Spring Boot application on each {@code hh1} component. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnClass(CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({ComponentConfigurationProperties.class, Hh1ComponentConfiguration.class})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.hh1"})
public class Hh1ComponentAutoConfiguration {

    @Lazy
    @Bean
    public ComponentCustomizer configureHh1Component(
            ApplicationContext application, CamelContext camel, Hh1ComponentConfiguration properties) {
        return ComponentCustomizer.forType(Hh1Component.class, component -> {
            if (HierarchicalPropertiesEvaluator.evaluate(
                    application, "camel.component.customizer", "camel.component.hh1.customizer")) {
                CamelPropertiesHelper.copyProperties(camel, properties, component);
            }
        });
    }

    /**
     * The actuator shows the values of properties if the application is set so. The values of these are never shown.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Secrets {
        private static final String PREFIX = "camelcomponenthh1";
        /** Options, and the variables of the environment that are their defaults. */
        private static final Set<String> NAMES =
                Set.of("apikey", "logsapikey", "proxyauthpassword", "cloudflareapitoken", "dashscopeapikey");

        @Bean
        SanitizingFunction hh1SanitizingFunction() {
            return data -> isSecret(data) ? data.withSanitizedValue() : data;
        }

        /** Properties may be spelled with dots, dashes, underscores and capitals. */
        private static boolean isSecret(SanitizableData data) {
            String key = data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            return NAMES.stream().anyMatch(name -> key.equals(PREFIX + name) || key.equals(name));
        }
    }
}
