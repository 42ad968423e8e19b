"""Reads in Ruby, Go, PHP, Java, Kotlin, Rust and C#."""

import pytest
from tests.unit.steps.env_lint.reads.reading import lines_of

CASES: dict[str, tuple[str, list[str]]] = {
    # Ruby
    "a.rb fetch": ('ENV.fetch("A")', ["A required"]),
    "a.rb fetch without parentheses": ('ENV.fetch "A", 3', ["A default '3'"]),
    "a.rb fetch with block": ('ENV.fetch("A") { "d" }', ["A default 'd'"]),
    "a.rb fetch that raises": ('ENV.fetch("A") { raise "no" }', ["A required"]),
    "a.rb fetch that makes one": (
        'ENV.fetch("A", SecureRandom.hex(3))',
        ["A default makes SecureRandom.hex"],
    ),
    "a.rb index": ('x = ENV["A"]', ["A guarded"]),
    "a.rb or": ('ENV["A"] || "d"', ["A default 'd'"]),
    "a.rb or raise": ('ENV["A"] || raise("no")', ["A required"]),
    "a.rb modifier": ('x if ENV["A"].present?', ["A guarded"]),
    "a.rb unless": ('raise "no" unless ENV["A"]', ["A required"]),
    "a.rb raises what it caught": ('go rescue nil\nraise if ENV["A"].blank?', ["A guarded"]),
    "a.rb blank": ('if ENV["A"].blank?\n  abort "no"\nend', ["A required"]),
    "a.rb truth": ('ENV["A"] ? 1 : 2', ["A guarded truth"]),
    "a.rb boolean": ('ENV["A"] == "true"', ["A guarded boolean"]),
    "a.rb presence": ('ENV["A"].presence || "d"', ["A default 'd'"]),
    "a.rb list": ('ENV["A"].split(",")', ["A required list"]),
    "a.rb list if any": ('ENV["A"]&.split(",")', ["A guarded list"]),
    "a.rb number": ('ENV["A"].to_i', ["A guarded integer"]),
    "a.rb number or fails": ('Integer(ENV.fetch("A", 3))', ["A default '3' integer"]),
    "a.rb asked": ('ENV.key?("A")', ["A guarded"]),
    "a.rb values": ('ENV.values_at("A", "B")', ["A guarded", "B guarded"]),
    "a.rb each": (
        "%w[A B].each { |name| ENV.fetch(name) }",
        ["A required", "B required"],
    ),
    "a.rb sets if it is not": ('ENV["A"] ||= "d"', ["A default 'd'", "sets A"]),
    "a.rb sets": ('ENV["A"] = "d"', ["sets A"]),
    "a.rb text": ('# ENV["A"]\n"ENV[\'B\']"', []),
    "a.rb in a text": ('"a#{ENV["A"]}"', ["A guarded"]),
    "a.rb computed": ('ENV["P_#{x}"]', ["dynamic P_"]),
    "a.rb shown": ("puts ENV.to_h", ["shows-all puts"]),
    "a.rb logged": ("Rails.logger.info(ENV.inspect)", ["shows-all Rails.logger.info"]),
    "a.rb wrapper": (
        "def need(name)\n  ENV.fetch(name)\nend",
        ["wrapper need 0 required"],
    ),
    "a.rb credentials": ("Rails.application.credentials.dig(:aws, :key)", []),
    "a.html.erb": ('<p>ENV["A"]</p>\n<% if ENV["B"] %>é <%= ENV["C"] %><% end %>',
                   ["B guarded truth", "C guarded"]),
    "database.yml": (
        'a:\n  # <%# ENV["A"] %>\n  url: <%= ENV["B"] %>\n  pool: <%= ENV.fetch("C") { 5 } %>',
        ["B guarded", "C default '5'"],
    ),
    "plain.yml": ('a: ENV["A"]', []),
    # Go
    "a.go plain": ('package a\nvar x = os.Getenv("A")', ["A guarded"]),
    "a.go fatal": (
        'package a\nfunc f() {\n\tx := os.Getenv("A")\n\tif x == "" {\n\t\tlog.Fatal("A")\n\t}\n}',
        ["A required"],
    ),
    "a_test.go": ('package a\nfunc f() {\n\ts.T().Setenv("A", "b")\n}', []),
    "a.go default": (
        'package a\nfunc f() {\n\tx := os.Getenv("A")\n\tif x == "" {\n\t\tx = "d"\n\t}\n}',
        ["A default 'd'"],
    ),
    "a.go looked up": (
        'package a\nfunc f() {\n\tif _, ok := os.LookupEnv("A"); !ok {\n\t\tpanic("A")\n\t}\n}',
        ["A required"],
    ),
    "a.go error": (
        'package a\nfunc f() error {\n\tif os.Getenv("A") == "" { return errors.New("A") }\n}',
        ["A required"],
    ),
    "a.go boolean": (
        'package a\nfunc f() {\n\tif os.Getenv("A") == "true" {\n\t}\n}',
        ["A guarded boolean"],
    ),
    "a.go integer": ('package a\nvar x, e = strconv.Atoi(os.Getenv("A"))', ["A guarded integer"]),
    "a.go wrapper": (
        ('package a\nfunc get(key, d string) string {\n\tif v, ok := os.LookupEnv(key); ok {\n'
        "\t\treturn v\n\t}\n\treturn d\n}"),
        ["wrapper get 0 required"],
    ),
    "a.go other wrapper": (
        ("package a\nfunc must(key string) string {\n\tv := os.Getenv(key)\n\tif v == \"\" {\n"
        "\t\tpanic(key)\n\t}\n\treturn v\n}"),
        ["wrapper must 0 required"],
    ),
    "a.go call": ('package a\nvar x = getEnv("A_B", "d")', ["call getEnv 0 A_B"]),
    "a.go expanded": ('package a\nvar x = os.ExpandEnv("é$A/${B}")', ["A guarded", "B guarded"]),
    "a.go set": ('package a\nfunc f() { os.Setenv("A", "1") }', ["sets A"]),
    "a.go shown": ("package a\nfunc f() { fmt.Println(os.Environ()) }", ["shows-all fmt.Println"]),
    "a.go tags": (
        ('package a\ntype C struct {\n\tP int `env:"P,required" envDefault:"3"`\n'
        '\tQ string `json:"q" env:"Q,required"`\n\tDb Db `envPrefix:"DB_"`\n'
        '\tR []string `env:"R"`\n}\ntype Db struct {\n\tHost string `env:"HOST,notEmpty"`\n}'),
        ["P default '3' integer!", "Q required", "R guarded list!", "DB_HOST required"],
    ),
    "a.go cleanenv": (
        ('package a\ntype C struct {\n\tP int `env:"P" env-default:"3"`\n'
        '\tQ string `env:"Q" env-required:"true"`\n}'),
        ["P default '3' integer!", "Q required"],
    ),
    "a.go envconfig": (
        ('package a\ntype C struct {\n\tApiKey string `split_words:"true" required:"true"`\n'
        '\tPort int `envconfig:"PORT" default:"80"`\n}\n'
        'func f() { var c C; envconfig.Process("app", &c) }'),
        ["APP_API_KEY required", "APP_PORT default '80' integer!"],
    ),
    "a.go viper": (
        ('package a\nfunc f() {\n\tviper.SetEnvPrefix("app")\n\tviper.AutomaticEnv()\n'
        '\tviper.BindEnv("db.url")\n\tviper.BindEnv("x", "Y_Z")\n}'),
        ["APP_DB_URL guarded", "Y_Z guarded", "dynamic APP_"],
    ),
    "a.go flag": (
        'package a\nvar f = &cli.StringFlag{Name: "x", EnvVars: []string{"CLI_X"}}',
        ["CLI_X guarded"],
    ),
    "a.go text": ('package a\n// os.Getenv("A")\nvar x = `os.Getenv("B")`', []),
    # PHP
    "a.php env": ("<?php $a = env('A', 'd');", ["A default 'd'"]),
    "a.php env without default": ("<?php $a = env('A');", ["A guarded"]),
    "a.php made": ("<?php $a = env('A', Str::random(3));", ["A default makes Str.random"]),
    "a.php short choice": ("<?php $a = getenv('A') ?: 'd';", ["A default 'd'"]),
    "a.php throws": ("<?php if (!getenv('A')) { throw new E('A'); }", ["A required"]),
    "a.php index": ("<?php $a = $_ENV['A'];", ["A required"]),
    "a.php index or": ("<?php $a = $_ENV['A'] ?? 'd';", ["A default 'd'"]),
    "a.php asked": (
        "<?php if (isset($_ENV['A'])) { $a = $_ENV['A']; }",
        ["A guarded", "A guarded"],
    ),
    "a.php server": (
        "<?php $a = [$_SERVER['APP_ENV'], $_SERVER['REQUEST_URI'], $_SERVER['argv']];",
        ["APP_ENV guarded"],
    ),
    "a.php cast": ("<?php $a = (int) env('A', 3);", ["A default '3' integer"]),
    "a.php put": ("<?php putenv('A=1');", ["sets A"]),
    "a.php shown": ("<?php var_dump($_ENV);", ["shows-all var_dump"]),
    "a.php wrapper": (
        "<?php function get($n, $d = null) { return $_ENV[$n] ?? $d; }",
        ["wrapper get 0 guarded"],
    ),
    "a.php of an object": ("<?php $this->env('A'); // env('B')", []),
    "services.yaml": (
        "a: '%env(A)%'\nb: '%env(int:B)%'\n# '%env(C)%'\nd: '%env(default::D)%'",
        ["A required", "B required integer", "D default"],
    ),
    # Java and Kotlin
    "A.java plain": ('class A { String a = System.getenv("A"); }', ["A guarded"]),
    "A.java number": (
        'class A { int a = Integer.parseInt(System.getenv("A")); }',
        ["A required integer"],
    ),
    "A.java throws": (
        'class A { void f() { String a = System.getenv("A"); if (a == null) throw new E(); } }',
        ["A required"],
    ),
    "A.java or": (
        'class A { Object a = Optional.ofNullable(System.getenv("A")).orElse("d"); }',
        ["A default 'd'"],
    ),
    "A.java or throws": (
        'class A { Object a = Optional.ofNullable(System.getenv("A")).orElseThrow(); }',
        ["A required"],
    ),
    "A.java map": (
        'class A { String a = System.getenv().getOrDefault("A", "d"); }',
        ["A default 'd'"],
    ),
    "A.java compared": (
        'class A { boolean a = "true".equals(System.getenv("A")); }',
        ["A guarded"],
    ),
    "A.java value": (
        ('class A { @Value("${A_B:d}") String a; @Value("${app.name}") String b;'
        ' @Value("${C}") String c; String d = "${D}"; }'),
        ["A_B default 'd'", "C required"],
    ),
    "A.java shown": (
        "class A { void f() { System.out.println(System.getenv()); } }",
        ["shows-all System.out.println"],
    ),
    "A.java wrapper": (
        "class A { String get(String n) { return System.getenv(n); } }",
        ["wrapper get 0 guarded"],
    ),
    "A.kt or": ('val a = System.getenv("A") ?: "d"', ["A default 'd'"]),
    "A.kt or throws": ('val a = System.getenv("A") ?: throw E()', ["A required"]),
    "A.kt or error": ('val a = System.getenv("A") ?: error("A")', ["A required"]),
    "A.kt must": ('val a = System.getenv("A")!!.toInt()', ["A required integer"]),
    "A.kt number or": ('val a = System.getenv("A")?.toInt() ?: 80', ["A default '80' integer"]),
    "A.kt map": ('val a = System.getenv()["A"]', ["A guarded"]),
    "A.kt value": ('class A(@Value("\\${A_B:d}") val a: String)', ["A_B default 'd'"]),
    "A.kt wrapper": (
        'fun get(n: String, d: String = "x"): String = System.getenv(n) ?: d',
        ["wrapper get 0 default"],
    ),
    "application.yml": (
        "server:\n  port: ${PORT:8080}\n  # x: ${NO}\nurl: ${DB_URL}\nname: ${app.name}",
        ["PORT default '8080' port", "DB_URL required"],
    ),
    "application-prod.properties": (
        "server.port=${PORT:80}\nspring.url=jdbc://${DB_HOST}/${DB_NAME:d}",
        ["PORT default '80' port", "DB_HOST required", "DB_NAME default 'd'"],
    ),
    # Rust
    "a.rs or": (
        'fn f() { let a = env::var("A").unwrap_or_else(|_| "d".to_string()); }',
        ["A default 'd'"],
    ),
    "a.rs or panics": (
        'fn f() { let a = env::var("A").unwrap_or_else(|_| panic!("A")); }',
        ["A required"],
    ),
    "a.rs expected": ('fn f() { std::env::var("A").expect("A"); }', ["A required"]),
    "a.rs asked for": ('fn f() { env::var("A")?.parse()?; }', ["A required"]),
    "a.rs with context": ('fn f() { env::var("A").context("A")?; }', ["A required"]),
    "a.rs if any": ('fn f() { if let Ok(a) = env::var("A") {} }', ["A guarded"]),
    "a.rs option": ('fn f() { env::var("A").ok(); }', ["A guarded"]),
    "a.rs match": ('fn f() { match env::var("A") { Ok(x) => x, _ => y } }', ["A guarded"]),
    "a.rs at build": (
        'fn f() { env!("A"); option_env!("B"); }',
        ["A required", "B guarded"],
    ),
    "a.rs imported": ('use std::env::var;\nfn f() { var("A").unwrap(); }', ["A required"]),
    "a.rs of another": ('fn f() { var("A").unwrap(); q.var("B"); }', []),
    "a.rs clap": (
        ('struct O {\n #[arg(long, env = "PORT", default_value = "3")]\n port: u16,\n'
        " #[clap(long, env)]\n db_url: String,\n #[arg(env = \"C\")]\n c: Option<String> }"),
        ["PORT default '3' integer!", "DB_URL required", "C guarded"],
    ),
    "a.rs argument": (
        'fn f() { Arg::new("q").env("A"); Command::new("x").env("B", "v"); }',
        ["A guarded"],
    ),
    "a.rs envy": (
        ('fn f() { envy::prefixed("APP_").from_env::<C>()?; }\n'
        "struct C { host: String, port: Option<u16> }"),
        ["APP_HOST required~", "APP_PORT guarded integer!~"],
    ),
    "a.rs shown": ('fn f() { println!("{:?}", env::vars()); }', ["shows-all println"]),
    "a.rs in a macro": (
        'fn f() { println!("{}", env::var("A").unwrap()); vec![env::var("B").ok()]; }',
        ["A required", "B guarded"],
    ),
    "a.rs wrapper": (
        'fn get(n: &str) -> String { env::var(n).expect("x") }',
        ["wrapper get 0 required"],
    ),
    # C#
    "A.cs or": ('var a = Environment.GetEnvironmentVariable("A") ?? "d";', ["A default 'd'"]),
    "A.cs or throws": (
        'var a = Environment.GetEnvironmentVariable("A") ?? throw new E();',
        ["A required"],
    ),
    "A.cs empty": (
        ('var a = Environment.GetEnvironmentVariable("A");'
        " if (string.IsNullOrEmpty(a)) { throw new E(); }"),
        ["A required"],
    ),
    "A.cs must": (
        'int a = int.Parse(Environment.GetEnvironmentVariable("A")!);',
        ["A required integer"],
    ),
    "A.cs boolean": (
        'var a = Environment.GetEnvironmentVariable("A") == "true";',
        ["A guarded boolean"],
    ),
    "A.cs configured": (
        'var a = config["MY_KEY"]; var b = Configuration["Logging:Level"];',
        ["MY_KEY guarded"],
    ),
    "A.cs valued": (
        'var a = builder.Configuration.GetValue<int>("MY_PORT", 3);',
        ["MY_PORT default '3'"],
    ),
    "A.cs prefix": ('b.AddEnvironmentVariables("APP_");', ["dynamic APP_"]),
    # Prisma
    "schema.prisma": (
        'datasource db {\n  url = env("A")\n  shadowDatabaseUrl = env("B")\n  // x = env("C")\n}',
        ["A required url!", "B guarded url!"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_reads_and_what_becomes_of_them(name: str) -> None:
    text, expected = CASES[name]
    lines = lines_of(name.partition(" ")[0], text)
    kept = lines if any(line.startswith("call") for line in expected) else _without_calls(lines)
    assert kept == expected


def _without_calls(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("call ")]
