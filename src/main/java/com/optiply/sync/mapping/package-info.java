/**
 * From a BigCommerce row to the document that Optiply should hold: pure functions, document in, document or reason out.
 *
 * <p>Nothing here knows routes, HTTP, SQL or the clock. Documents are {@code Map<String, Object>} with numbers as the
 * strict JSON mapper gives them, or as strings, which is how BigCommerce's v2 API writes money. No document, however bad,
 * makes a mapper throw: what cannot be mapped comes back with a {@link com.optiply.sync.mapping.Reason} and is parked by
 * the route.
 */
package com.optiply.sync.mapping;
