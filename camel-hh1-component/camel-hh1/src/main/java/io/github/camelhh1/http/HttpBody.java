package io.github.camelhh1.http;

import java.io.IOException;
import java.io.InputStream;

/** A JSON request body of known length that is read as it is sent. */
public interface HttpBody {

    /** Bytes. */
    long length();

    /** From the first byte; closed by the transport. */
    InputStream open() throws IOException;
}
