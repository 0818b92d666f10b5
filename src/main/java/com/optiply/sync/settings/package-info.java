/** The settings of the process: read from file, environment and command line, checked as a whole, immutable after. */
package com.optiply.sync.settings;
