"""Regular expressions that other people wrote: read, judged and searched without any risk."""
