package io.github.camelhh1.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application of nothing. Says whether it started, and whether the component was auto-configured. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BootMain {
    public static void main(String[] arguments) {
        try (var context = SpringApplication.run(BootMain.class, "--camel.component.hh1.backend=simulator")) {
            System.out.println("started " + context.containsBean("configureHh1Component"));
        }
    }
}
