"""Label Studio's JSON -> records: what people said, read with every fault named."""
