import java.io.File;
import java.util.Locale;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.eventspy.EventSpy;
import org.apache.maven.execution.MavenExecutionRequest;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells what a quiet build fetches, and how far it is. Without this class, mvn -q is silent while it fetches. */
@Named
@Singleton
public final class DownloadNotice extends AbstractTransferListener implements EventSpy {
    private static final long PAUSE = 1_000_000_000L;

    private String repository;
    private boolean begun;
    private int files;
    private long bytes;
    private long last;

    @Override
    public void init(Context context) {}

    @Override
    public void onEvent(Object event) {
        if (event instanceof MavenExecutionRequest) {
            MavenExecutionRequest request = (MavenExecutionRequest) event;
            repository = String.valueOf(request.getLocalRepositoryPath());
            if (request.getLoggingLevel() == MavenExecutionRequest.LOGGING_LEVEL_ERROR) {
                request.setTransferListener(this);
                if (!new File(repository, "org/apache/camel").isDirectory()) {
                    begin(); // a second earlier than the first transfer
                }
            }
        }
    }

    @Override
    public void close() {}

    @Override
    public void transferInitiated(TransferEvent event) {
        begin();
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            last = System.nanoTime();
            System.err.println("camel-hh1: Maven fetches the plugins and libraries that this build needs and " + repository
                    + " does not have yet (Camel, AWS SDK, S3 server, SQLite). On an empty repository the demo fetches"
                    + " about 90 MB, the tests 400 MB. The next run fetches nothing.");
        }
    }

    @Override
    public synchronized void transferProgressed(TransferEvent event) {
        bytes += event.getDataLength();
        long now = System.nanoTime();
        if (now - last > PAUSE) {
            last = now;
            String name = event.getResource().getResourceName();
            System.err.println(String.format(
                    Locale.ROOT,
                    "camel-hh1: %.1f MB in %d files fetched, now %s",
                    bytes / 1e6,
                    files,
                    name.substring(name.lastIndexOf('/') + 1)));
        }
    }

    @Override
    public synchronized void transferSucceeded(TransferEvent event) {
        files++;
    }
}
