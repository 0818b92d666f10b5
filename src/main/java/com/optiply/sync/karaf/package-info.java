/** The integration as a bundle of Apache Karaf. Nothing outside this package knows of OSGi. */
package com.optiply.sync.karaf;
