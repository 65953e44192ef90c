package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.apache.camel.impl.DefaultCamelContext;

/** Photos and videos for tests, and hashes. */
final class Photos {
    private Photos() {}

    /** The colour makes each a content of its own. */
    static byte[] photo(int colour) throws IOException {
        BufferedImage image = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, colour);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A whole video with a box of filling behind it. */
    static byte[] paddedVideo(int length) throws IOException {
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
            hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
            hh1.getConfiguration().setAccountId(simulator.account());
            hh1.getConfiguration().setApiKey(simulator.apiKey());
            hh1.getConfiguration().setAllowPrivateHosts(true);
            context.start();
            byte[] video = context.createProducerTemplate()
                    .requestBody("hh1:generate?output=video", simulator.sampleImageUrl(), byte[].class);
            ByteBuffer padded = ByteBuffer.allocate(length).put(video);
            padded.putInt(padded.remaining()).put("free".getBytes(StandardCharsets.US_ASCII));
            return padded.array();
        }
    }

    static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
