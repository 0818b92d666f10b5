package com.optiply.sync.operate;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The kinds that can be synced. */
final class WhatConverter implements ITypeConverter<String> {

    @Override
    public String convert(String value) {
        if (value.equals("products") || value.equals("sell-orders")) {
            return value;
        }
        throw new TypeConversionException("“" + value + "” is neither products nor sell-orders");
    }
}
