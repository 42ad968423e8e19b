"""Which field of Django's, or of a library known by name, a class of a migration is.

Source: django/db/backends/postgresql/base.py (`data_types`), django/contrib/postgres/fields,
django/contrib/gis/db/models/fields.py of Django 5.2; the libraries' own `get_internal_type`.
"""

from collections.abc import Mapping

UNKNOWN_TYPE = '"?"'
"""Stands for a type that cannot be told; a statement with it still parses."""

TYPES: Mapping[str, str] = {
    "AutoField": "integer", "BigAutoField": "bigint", "SmallAutoField": "smallint",
    "BinaryField": "bytea", "BooleanField": "boolean", "NullBooleanField": "boolean",
    "DateField": "date", "DateTimeField": "timestamp with time zone", "DurationField": "interval",
    "FloatField": "double precision", "IntegerField": "integer", "BigIntegerField": "bigint",
    "IPAddressField": "inet", "GenericIPAddressField": "inet", "JSONField": "jsonb",
    "PositiveBigIntegerField": "bigint", "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "smallint", "SmallIntegerField": "smallint",
    "TextField": "text", "TimeField": "time", "UUIDField": "uuid",
    "HStoreField": "hstore", "CITextField": "citext", "SearchVectorField": "tsvector",
    "IntegerRangeField": "int4range", "BigIntegerRangeField": "int8range",
    "DecimalRangeField": "numrange", "DateTimeRangeField": "tstzrange",
    "DateRangeField": "daterange",
}  # fmt: skip
"""Types that take nothing of the field. Those of characters and decimals do: see `types`."""

MYSQL_TYPES: Mapping[str, str] = {
    "AutoField": "integer AUTO_INCREMENT", "BigAutoField": "bigint AUTO_INCREMENT",
    "SmallAutoField": "smallint AUTO_INCREMENT", "BinaryField": "longblob",
    "BooleanField": "bool", "NullBooleanField": "bool", "DateTimeField": "datetime(6)",
    "DurationField": "bigint", "IPAddressField": "char(15)", "GenericIPAddressField": "char(39)",
    "JSONField": "json", "PositiveBigIntegerField": "bigint UNSIGNED",
    "PositiveIntegerField": "integer UNSIGNED", "PositiveSmallIntegerField": "smallint UNSIGNED",
    "TextField": "longtext", "TimeField": "time(6)", "UUIDField": "char(32)",
}  # fmt: skip

SQLITE_TYPES: Mapping[str, str] = {
    "AutoField": "integer", "BigAutoField": "integer", "SmallAutoField": "integer",
    "BinaryField": "BLOB", "BooleanField": "bool", "NullBooleanField": "bool",
    "DateTimeField": "datetime", "DurationField": "bigint", "FloatField": "real",
    "GenericIPAddressField": "char(39)", "IPAddressField": "char(15)", "JSONField": "text",
    "PositiveBigIntegerField": "bigint unsigned", "PositiveIntegerField": "integer unsigned",
    "PositiveSmallIntegerField": "smallint unsigned", "UUIDField": "char(32)",
}  # fmt: skip

NUMBERED = frozenset({"AutoField", "BigAutoField", "SmallAutoField"})
POSITIVE = frozenset({"PositiveBigIntegerField", "PositiveIntegerField",
                      "PositiveSmallIntegerField"})  # fmt: skip
RELATIONS = frozenset({"ForeignKey", "OneToOneField"})
NO_COLUMN = frozenset({"ManyToManyField", "GenericForeignKey", "GenericRelation", "NoColumn"})

VARCHARS: Mapping[str, int | None] = {
    "CharField": None, "FileField": 100, "FilePathField": 100, "SlugField": 50,
    "EmailField": 254, "URLField": 200, "ImageField": 100, "CommaSeparatedIntegerField": None,
}  # fmt: skip
"""Fields of `varchar(max_length)`, with the length that they have where none is given."""

GEOMETRIES = frozenset({"PointField", "LineStringField", "PolygonField", "MultiPointField",
    "MultiLineStringField", "MultiPolygonField", "GeometryField",
    "GeometryCollectionField"})  # fmt: skip

NEVER_EMPTY = frozenset({
    "AutoField", "BigAutoField", "SmallAutoField", "BooleanField", "NullBooleanField", "DateField",
    "DateTimeField", "DecimalField", "DurationField", "FloatField", "IntegerField",
    "BigIntegerField", "GenericIPAddressField", "IPAddressField", "JSONField", "TimeField",
    "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
    "SmallIntegerField", "UUIDField", "ForeignKey", "OneToOneField", "ArrayField", "HStoreField",
    "VectorField", *GEOMETRIES, "IntegerRangeField", "BigIntegerRangeField", "DecimalRangeField",
    "DateTimeRangeField", "DateRangeField",
})  # fmt: skip
"""Fields that have no default of their own even where they are `blank` and not `null`."""

_LIBRARIES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "phonenumber_field.modelfields.PhoneNumberField": ("CharField", {"max_length": 128}),
    "model_utils.fields.AutoCreatedField": ("DateTimeField", {}),
    "model_utils.fields.AutoLastModifiedField": ("DateTimeField", {}),
    "model_utils.fields.MonitorField": ("DateTimeField", {}),
    "model_utils.fields.StatusField": ("CharField", {"max_length": 100}),
    "model_utils.fields.UUIDField": ("UUIDField", {}),
    "django_extensions.db.fields.CreationDateTimeField": ("DateTimeField", {}),
    "django_extensions.db.fields.ModificationDateTimeField": ("DateTimeField", {}),
    "django_extensions.db.fields.AutoSlugField": ("SlugField", {}),
    "django_extensions.db.fields.json.JSONField": ("TextField", {}),
    "autoslug.fields.AutoSlugField": ("SlugField", {}),
    "django_countries.fields.CountryField": ("CharField", {"max_length": 2}),
    "timezone_field.fields.TimeZoneField": ("CharField", {"max_length": 63}),
    "taggit.managers.TaggableManager": ("NoColumn", {}),
    "modelcluster.contrib.taggit.ClusterTaggableManager": ("NoColumn", {}),
    "modelcluster.fields.ParentalKey": ("ForeignKey", {}),
    "modelcluster.fields.ParentalManyToManyField": ("ManyToManyField", {}),
    "mptt.fields.TreeForeignKey": ("ForeignKey", {}),
    "mptt.fields.TreeOneToOneField": ("OneToOneField", {}),
    "mptt.fields.TreeManyToManyField": ("ManyToManyField", {}),
    "sortedm2m.fields.SortedManyToManyField": ("ManyToManyField", {}),
    "imagekit.models.fields.ProcessedImageField": ("ImageField", {}),
    "easy_thumbnails.fields.ThumbnailerImageField": ("ImageField", {}),
    "versatileimagefield.fields.VersatileImageField": ("ImageField", {}),
    "colorfield.fields.ColorField": ("CharField", {"max_length": 25}),
    "django_fsm.FSMField": ("CharField", {"max_length": 50}),
    "multiselectfield.db.fields.MultiSelectField": ("CharField", {"max_length": 200}),
    "jsonfield.fields.JSONField": ("TextField", {}),
    "djmoney.models.fields.MoneyField": ("DecimalField", {}),
    "djmoney.models.fields.CurrencyField": ("CharField", {"max_length": 3}),
    "ckeditor.fields.RichTextField": ("TextField", {}),
    "ckeditor_uploader.fields.RichTextUploadingField": ("TextField", {}),
    "django_ckeditor_5.fields.CKEditor5Field": ("TextField", {}),
    "tinymce.models.HTMLField": ("TextField", {}),
    "markdownx.models.MarkdownxField": ("TextField", {}),
    "wagtail.fields.RichTextField": ("TextField", {}),
    "wagtail.fields.StreamField": ("JSONField", {}),
    "wagtail.core.fields.RichTextField": ("TextField", {}),
    "wagtail.core.fields.StreamField": ("TextField", {}),
    "picklefield.fields.PickledObjectField": ("TextField", {}),
    "django_cryptography.fields.encrypt": ("BinaryField", {}),
    "encrypted_model_fields.fields.EncryptedCharField": ("TextField", {}),
    "encrypted_model_fields.fields.EncryptedTextField": ("TextField", {}),
    "pgvector.django.VectorField": ("VectorField", {}),
    "pgvector.django.vector.VectorField": ("VectorField", {}),
    "pgvector.django.HalfVectorField": ("HalfVectorField", {}),
    "pgvector.django.halfvec.HalfVectorField": ("HalfVectorField", {}),
    "shortuuid.django_fields.ShortUUIDField": ("CharField", {"max_length": 22}),
    "django_ulid.models.ULIDField": ("CharField", {"max_length": 26}),
}

_OWN = ("django.db.models.", "django.contrib.postgres.", "django.contrib.gis.db.models.",
        "django.contrib.contenttypes.fields.")  # fmt: skip
_KNOWN = frozenset({*TYPES, *VARCHARS, *RELATIONS, *NO_COLUMN, *GEOMETRIES, "DecimalField",
    "ArrayField", "GeneratedField", "CompositePrimaryKey", "OrderWrt", "CICharField",
    "CIEmailField", "RasterField"})  # fmt: skip


def kind_of(path: str) -> tuple[str, Mapping[str, object]]:
    """The field that a class is, as (`CharField`, what it sets itself); ("?", {}) if unknown."""
    if path in _LIBRARIES:
        return _LIBRARIES[path]
    last = path.rpartition(".")[2]
    if last in _KNOWN and path.startswith(_OWN):
        if last in ("CICharField", "CIEmailField"):
            return "CITextField", {}
        return ("IntegerField", {}) if last == "OrderWrt" else (last, {})
    return "?", {}
