/**
 * Photos in one bucket become videos in another.
 *
 * <p>{@code S3Pipeline} is the program; {@code route} holds what Camel runs, and reads as the story of one photo;
 * {@code s3} knows the two buckets.
 */
package io.github.camelhh1.examples.s3pipeline;
