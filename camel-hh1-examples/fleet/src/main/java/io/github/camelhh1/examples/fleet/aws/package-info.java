/** Photos from a bucket of S3, announced on a queue of SQS; videos in a second bucket. */
package io.github.camelhh1.examples.fleet.aws;
