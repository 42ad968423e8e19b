"""The calls that a migration makes, by what their names say that they do."""

RUNS_SQL = frozenset({
    "execute", "exec_query", "exec_update", "exec_delete", "exec_insert", "select_all",
    "select_value", "select_values", "select_rows", "select_one", "query", "update", "delete",
    "insert", "query_value", "execute_batch", "internal_exec_query", "exec",
})  # fmt: skip
TRANSPARENT = frozenset({
    "safety_assured", "say_with_time", "suppress_messages", "with_connection", "tap", "then",
    "silence", "uncached", "without_record_timestamps", "no_touching", "isolate", "with_lock",
})  # fmt: skip
HARMLESS = frozenset({
    "say", "puts", "p", "pp", "print", "require", "require_relative", "sleep", "lambda", "proc",
    "table_exists?", "column_exists?", "index_exists?", "foreign_key_exists?", "view_exists?",
    "index_name_exists?", "check_constraint_exists?", "extension_enabled?", "data_source_exists?",
    "reset_column_information", "binding", "format", "sprintf", "rand", "loop", "Integer", "Array",
    "String", "Float", "quote", "quote_table_name", "quote_column_name", "reverting?", "warn",
    "adapter_name", "tables", "columns", "indexes", "foreign_keys", "index_name", "connection",
    "name", "version", "block_given?", "yield", "defined?", "nil", "exit", "supports_json?",
    "database_version", "current_database", "enum_types", "primary_key", "connection_pool",
    "announce", "write", "clear_cache!", "schema_cache", "open_transactions", "method_missing",
    "unique_constraint_exists?", "primary_key_type", "foreign_key_type", "caller", "__method__",
    "prepend_view_path", "freeze", "new", "logger", "attr_accessor", "extension_available?",
    "set_lock_timeout", "postgresql_version", "select_value_or_nil", "t", "it",
})  # fmt: skip
"""Calls that touch neither schema nor rows."""
LIBRARIES = frozenset({
    "Rails", "Time", "Date", "DateTime", "ENV", "JSON", "SecureRandom", "Digest", "File", "Dir",
    "YAML", "Hash", "Array", "String", "Integer", "Float", "Set", "Struct", "Logger", "Kernel",
    "ActiveRecord", "ActiveSupport", "BigDecimal", "URI", "Arel", "I18n", "Pathname", "CSV", "Math",
    "Process", "Thread", "STDOUT", "STDERR", "Object", "Module", "Class", "Base64", "OpenStruct",
    "Regexp", "Comparable", "Zlib", "OpenSSL", "ActionController", "Sequel", "Mutex", "Benchmark",
    "ActiveModel", "PG", "Gem", "RbConfig", "Timeout", "ErrorTracking", "Parallel", "Psych",
})  # fmt: skip
"""Classes that come with Ruby or Rails: what is called on them changes no rows of the project's."""
READS = frozenset({
    "count", "pluck", "sum", "maximum", "minimum", "ids", "size", "connection", "column_names",
    "find_by_sql", "arel_table", "columns_hash", "reset_primary_key", "name", "table_name", "new",
    "quoted_table_name", "attribute_names", "average", "pick", "to_sql", "length", "columns",
})  # fmt: skip
"""Methods of models that only give something."""
FILLS = ("backfill", "batch", "populate", "fill_", "update_", "delete_", "migrate_")
"""What the names of helpers hold that change rows."""
