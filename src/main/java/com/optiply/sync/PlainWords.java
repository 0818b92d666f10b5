package com.optiply.sync;

import com.optiply.sync.bigcommerce.ExportFile;
import com.optiply.sync.bigcommerce.Exports;
import com.optiply.sync.bigcommerce.Pages;
import com.optiply.sync.bigcommerce.Reading;
import com.optiply.sync.bigcommerce.Streams;
import com.optiply.sync.optiply.Delivery;
import com.optiply.sync.optiply.Outcomes;
import com.optiply.sync.optiply.Token;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.HeldRecords;
import com.optiply.sync.state.Leases;
import com.optiply.sync.state.Runs;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a person what a failure means and what to do. Never names a header, a query or a credential. */
public final class PlainWords {

    private static final int LONGEST = 300;

    private PlainWords() {}

    /** One sentence or two, without secrets. */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = known(cause);
            if (said != null) {
                return said;
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        // Unknown: short, since its text may carry a whole document.
        String said = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }

    private static String known(Throwable cause) {
        if (cause instanceof HttpOperationFailedException refusal) {
            return refused(refusal);
        }
        if (cause instanceof Leases.LeaseHeld
                || cause instanceof Runs.FencedOff
                || cause instanceof HeldRecords.Unknown
                || cause instanceof Pages.Stopping
                || cause instanceof Delivery.Stopping
                || cause instanceof Pages.UnreadableAnswer
                || cause instanceof Reading.RepeatedPage
                || cause instanceof Streams.NoSuchStream
                || cause instanceof Exports.Incomplete
                || cause instanceof ExportFile.FileUnwritable
                || cause instanceof Outcomes.PartnerSilent
                || cause instanceof Token.CredentialsRefused
                || cause instanceof Token.LoginUnavailable
                || cause instanceof Database.DatabaseHeld
                || cause instanceof Database.DatabaseUnusable) {
            return cause.getMessage();
        }
        if (cause instanceof DataAccessException
                || cause instanceof TransactionException
                || cause instanceof SQLException) {
            return Database.inWords(cause);
        }
        if (cause instanceof UnknownHostException) {
            return "the host " + cause.getMessage() + " is not known; check the network and the url keys";
        }
        if (cause instanceof ConnectException || cause instanceof SocketTimeoutException || isNetwork(cause)) {
            return "no answer (" + cause.getMessage() + "); what is stored stays, the next run goes on";
        }
        return null;
    }

    private static boolean isNetwork(Throwable cause) {
        return cause instanceof IOException && !(cause.getCause() instanceof IOException);
    }

    private static String refused(HttpOperationFailedException refusal) {
        String where = path(refusal.getUri());
        String partner = where.contains("/stores/") ? "BigCommerce" : "Optiply";
        int status = refusal.getStatusCode();
        String cure =
                switch (status) {
                    case 401 ->
                        partner.equals("BigCommerce")
                                ? ": it does not accept bigcommerce.access-token there; where it accepts it elsewhere, give the API account the missing permission (scope), else make a new account and set its token"
                                : ": it does not accept the login; check optiply.username, optiply.password, optiply.client-id and optiply.client-secret";
                    case 403 -> ": a permission (scope) is missing for this call; give it to the API account";
                    case 404 -> ": there is nothing at this path; check bigcommerce.store-hash and the url keys";
                    case 422 -> ": it does not understand the request, which is a fault of the route that made it";
                    case 429 ->
                        ": too many calls, also after waiting; leave it more room (bigcommerce.quota-reserve, *.concurrency)";
                    default -> status >= 500 ? ": it is not well; what is stored stays, the next run goes on" : "";
                };
        return partner + " answered " + status + " to " + where + cure;
    }

    private static String path(String uri) {
        try {
            return URI.create(uri).getPath();
        } catch (RuntimeException e) {
            return "a call";
        }
    }
}
