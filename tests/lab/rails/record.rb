# Runs every migration of a folder up, down and up again, and writes what Active Record sent.
require "active_record"
require "json"

# Ruby 3.1 no longer has it as Rails 6.1 expects; newer versions of Rails require it themselves.
require "logger"

folder, target = ARGV
ActiveRecord::Migration.verbose = false
ActiveRecord::Base.establish_connection(
  adapter: "postgresql", host: ENV["PGHOST"], port: ENV["PGPORT"], database: ENV["PGDATABASE"],
  username: ENV["PGUSER"], password: ENV["PGPASSWORD"]
)
sent = []
ActiveSupport::Notifications.subscribe("sql.active_record") do |*, payload|
  sent << payload[:sql].strip unless ["SCHEMA", "TRANSACTION"].include?(payload[:name])
end
found = {}
Dir[File.join(folder, "db/migrate/*.rb")].sort.each do |path|
  load path
  version, name = File.basename(path, ".rb").split("_", 2)
  migration = name.camelize.constantize
  sides = {}
  [:up, :down, :up].each do |side|
    sent.clear
    migration.new(name, version.to_i).migrate(side)
    sides[side] = sent.grep_v(/\ASELECT\b.*\b(pg_|information_schema)/m)
  end
  found[version] = sides
end
File.write(target, JSON.pretty_generate(found) + "\n")
