"""`make bench`: what needs no data from elsewhere; peers take part where they are installed."""

from tests.bench import bench_reporters, bench_secret_scan, hostile_names, startup

if __name__ == "__main__":
    for main in (startup.main, hostile_names.main, bench_reporters.main, bench_secret_scan.main):
        main()
        print()
