package org.aegishydra.recorder.feed;

import java.net.URI;

record ConnectFailure(String reason, boolean isLasting) {
    static ConnectFailure of(Throwable e, URI url) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new ConnectFailure(cause.getMessage() == null ? cause.toString() : cause.getMessage(), false);
    }
}
