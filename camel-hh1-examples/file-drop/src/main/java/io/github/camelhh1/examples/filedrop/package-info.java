/**
 * Photos dropped into a folder become videos in another.
 *
 * <p>{@code FileDrop} is the program; {@code route} holds what Camel runs, and reads as the story of one photo;
 * {@code folder} knows where files lie, {@code photo} what a photo and its sidecar say, {@code s3} where the service
 * fetches photos from, {@code progress} tells the terminal about it, and {@code runs} shows and settles what the ledger
 * holds.
 */
package io.github.camelhh1.examples.filedrop;
