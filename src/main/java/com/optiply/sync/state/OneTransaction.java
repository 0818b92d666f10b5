package com.optiply.sync.state;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.processor.DelegateProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The policy behind {@code transacted}: its steps are one transaction of the database, committed where they succeed and
 * rolled back where they do not. camel-sql joins the transaction, which is bound to the thread.
 */
public final class OneTransaction implements TransactedPolicy {

    private final PlatformTransactionManager transactions;

    public OneTransaction(PlatformTransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return new InTransaction(processor, new TransactionTemplate(transactions));
    }

    private static final class InTransaction extends DelegateProcessor {
        private final TransactionTemplate template;

        InTransaction(Processor steps, TransactionTemplate template) {
            super(steps);
            this.template = template;
        }

        @Override
        protected void processNext(Exchange exchange) throws Exception {
            template.executeWithoutResult(status -> {
                try {
                    super.processNext(exchange);
                } catch (Exception e) {
                    exchange.setException(e);
                }
                if (exchange.getException() != null) {
                    status.setRollbackOnly();
                }
            });
        }

        @Override
        public String toString() {
            return "one transaction";
        }
    }
}
