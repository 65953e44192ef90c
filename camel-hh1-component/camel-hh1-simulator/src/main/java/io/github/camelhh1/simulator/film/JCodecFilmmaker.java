package io.github.camelhh1.simulator.film;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jcodec.api.transcode.PixelStore.LoanerPicture;
import org.jcodec.api.transcode.SinkImpl;
import org.jcodec.api.transcode.VideoFrameWithPacket;
import org.jcodec.common.Codec;
import org.jcodec.common.Format;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Picture;

/** The only class that knows JCodec, which a user may exclude: H.264 in an MP4, in preview quality. */
final class JCodecFilmmaker implements Filmmaker {
    private static final int FRAMES_PER_SECOND = 12;

    @Override
    public void film(Scene scene, Path target) throws IOException {
        Dimension size = Still.size(scene.picture());
        PushIn camera = new PushIn(Still.of(scene, size), size.width, size.height);
        int frames = scene.seconds() * FRAMES_PER_SECOND;
        try (SeekableByteChannel out = NIOUtils.writableChannel(target.toFile())) {
            SinkImpl sink = SinkImpl.createWithStream(out, Format.MOV, Codec.H264, null);
            sink.init();
            Picture picture = Picture.create(size.width, size.height, sink.getInputColor());
            for (int i = 0; i < frames; i++) {
                new Yuv(camera.at((double) i / frames))
                        .copyTo(picture.getPlaneData(0), picture.getPlaneData(1), picture.getPlaneData(2));
                sink.outputVideoFrame(new VideoFrameWithPacket(timing(i), new LoanerPicture(picture, 0)));
            }
            sink.finish();
        }
    }

    private static Packet timing(int frame) {
        ByteBuffer filledBySink = ByteBuffer.allocate(0);
        return Packet.createPacket(filledBySink, frame, FRAMES_PER_SECOND, 1, frame, Packet.FrameType.KEY, null);
    }
}
