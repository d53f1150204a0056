#include "sync/cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "sync/cli/command_table.hpp"

namespace kiem::cli {
namespace {

using OptionKind = OptionSpec::Kind;

tl::unexpected<Error> usage(std::vector<std::string> args) {
  return fail(ErrorCode::usage, Fault::person, std::move(args));
}

// The library's view of the table: an App a command, options that only collect words.
class Parser {
 public:
  Parser() : app_("", "kiem") {
    app_.require_subcommand(1);
    add_options(app_, global_options());
    std::map<std::string_view, CLI::App*> parents;
    for (const GroupSpec& group : groups()) {
      CLI::App* const made = app_.add_subcommand(std::string(group.name));
      made->require_subcommand(1);
      made->fallthrough();
      parents[group.name] = made;
    }
    for (const CommandSpec& spec : commands()) {
      const std::size_t space = spec.path.find(' ');
      const bool is_grouped = space != std::string_view::npos;
      CLI::App& parent = is_grouped ? *parents.at(spec.path.substr(0, space)) : app_;
      CLI::App* const leaf = parent.add_subcommand(std::string(spec.path.substr(is_grouped ? space + 1 : 0)));
      leaf->fallthrough();
      add_options(*leaf, spec.options);
      leaves_.push_back({leaf, &spec});
    }
  }

  [[nodiscard]] Result<Invocation> parse(std::vector<std::string> words, const Environment& environment) {
    std::reverse(words.begin(), words.end());  // as the library wants them
    const std::string last = words.empty() ? "" : words.front();
    try {
      app_.parse(words);
    } catch (const CLI::CallForHelp&) {
      Values values;
      collect(app_, global_options(), values);
      KIEM_TRY_GET(Options options, read_options(values, environment));
      return Invocation{std::move(options), ShowHelp{chosen_path()}};
    } catch (const CLI::ArgumentMismatch&) {
      // A value is taken whatever it looks like, so it can lack only behind the last word.
      return usage({"missing_value", last});
    } catch (const CLI::ParseError&) {
      return explain();
    }
    return build(environment);
  }

 private:
  struct Leaf {
    CLI::App* app;
    const CommandSpec* spec;
  };

  static void add_options(CLI::App& app, std::span<const OptionSpec> options) {
    for (const OptionSpec& spec : options) {
      if (spec.kind == OptionKind::flag) {
        app.add_flag(std::string(spec.name));
        continue;
      }
      CLI::Option* const option = app.add_option(std::string(spec.name), CLI::callback_t{});
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      if (spec.kind == OptionKind::values) option->expected(1, static_cast<int>(kMaxWords))->allow_extra_args();
      if (spec.kind == OptionKind::rest) option->expected(1, static_cast<int>(kMaxRest))->allow_extra_args();
      if (spec.kind == OptionKind::required || spec.kind == OptionKind::rest) option->required();
    }
  }

  static void collect(CLI::App& app, std::span<const OptionSpec> options, Values& values) {
    for (const OptionSpec& spec : options) {
      const CLI::Option* const option = app.get_option_no_throw(std::string(spec.name));
      if (option != nullptr && option->count() > 0) values.set(std::string(spec.name), option->results());
    }
  }

  // Options other than lists are given once; nobody has to guess which of two counts.
  static Status given_once(CLI::App& app, std::span<const OptionSpec> options) {
    for (const OptionSpec& spec : options) {
      const CLI::Option* const option = app.get_option_no_throw(std::string(spec.name));
      const bool may_repeat = spec.kind == OptionKind::values || spec.kind == OptionKind::flag ||
                              spec.kind == OptionKind::repeated || spec.kind == OptionKind::rest;
      if (option != nullptr && !may_repeat && option->count() > 1) {
        return usage({"given_twice", std::string(spec.name)});
      }
    }
    return {};
  }

  [[nodiscard]] const Leaf* chosen() const {
    for (const Leaf& leaf : leaves_) {
      if (leaf.app->parsed()) return &leaf;
    }
    return nullptr;
  }

  // The path of the command, or of the group when no command of it was named.
  [[nodiscard]] std::string chosen_path() const {
    if (const Leaf* const leaf = chosen()) return std::string(leaf->spec->path);
    const auto parsed = app_.get_subcommands();
    return parsed.empty() ? "" : parsed.front()->get_name();
  }

  // Why the library refused, in the order in which a person would want to hear it.
  [[nodiscard]] tl::unexpected<Error> explain() {
    const std::vector<std::string> strange = app_.remaining(true);
    if (!strange.empty()) return usage({"unknown_word", strange.front()});
    if (const Leaf* const leaf = chosen()) {
      for (const OptionSpec& spec : leaf->spec->options) {
        const CLI::Option* const option = leaf->app->get_option_no_throw(std::string(spec.name));
        const bool is_needed = spec.kind == OptionKind::required || spec.kind == OptionKind::rest;
        if (is_needed && option->count() == 0) {
          return usage({"missing_argument", std::string(spec.name)});
        }
      }
    }
    return usage({"no_command"});
  }

  static Status read_unlocking(const Values& values, const Environment& environment, Options& options) {
    const auto file_of = [](const std::optional<std::string>& variable) {
      return variable && !variable->empty() ? std::optional<std::filesystem::path>(*variable) : std::nullopt;
    };
    options.passphrase_file = file_of(environment.kiem_passphrase_file);
    options.key_file = file_of(environment.kiem_key_file);
    if (const auto file = values.optional_text("--passphrase-file")) {
      if (values.has("--key-file")) return usage({"not_together", "--passphrase-file", "--key-file"});
      options.passphrase_file = *file;
      // What is typed goes before what is set.
      options.key_file.reset();
    }
    if (const auto file = values.optional_text("--key-file")) {
      if (file->empty()) return usage({"missing_value", "--key-file"});
      options.key_file = *file;
    }
    return {};
  }

  static Result<Options> read_options(const Values& values, const Environment& environment) {
    Options options;
    options.lang = default_language(environment);
    options.json = values.has("--json");
    options.home = default_home(environment);
    if (const auto home = values.optional_text("--home")) {
      if (home->empty()) return usage({"missing_value", "--home"});
      options.home = *home;
    }
    KIEM_TRY(read_unlocking(values, environment, options));
    if (const auto lang = values.optional_text("--lang")) {
      if (*lang != "nl" && *lang != "en") return usage({"unknown_choice", "--lang", *lang, "nl, en"});
      options.lang = *lang == "nl" ? Lang::nl : Lang::en;
    }
    return options;
  }

  [[nodiscard]] Result<Invocation> build(const Environment& environment) {
    const Leaf* const leaf = chosen();
    if (leaf == nullptr) return explain();
    KIEM_TRY(given_once(app_, global_options()));
    KIEM_TRY(given_once(*leaf->app, leaf->spec->options));
    Values values;
    collect(app_, global_options(), values);
    collect(*leaf->app, leaf->spec->options, values);
    KIEM_TRY_GET(Options options, read_options(values, environment));
    KIEM_TRY_GET(Command command, leaf->spec->build(values));
    return Invocation{std::move(options), std::move(command)};
  }

  static constexpr std::size_t kMaxWords = 16;   // behind one list option
  static constexpr std::size_t kMaxRest = 1000;  // behind a command

  CLI::App app_;
  std::vector<Leaf> leaves_;
};

// "--note=" means an empty note; the library would take the next word for its value.
std::vector<std::string> with_empty_values(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  bool only_positionals = false;
  for (const std::string& argument : arguments) {
    only_positionals = only_positionals || argument == "--";
    const bool is_empty_value = !only_positionals && argument.size() > 3 && argument.starts_with("--") &&
                                argument.find('=') == argument.size() - 1;
    words.push_back(is_empty_value ? argument.substr(0, argument.size() - 1) : argument);
    if (is_empty_value) words.emplace_back();
  }
  return words;
}

}  // namespace

Result<Invocation> parse_arguments(const std::vector<std::string>& arguments, const Environment& environment) {
  return Parser().parse(with_empty_values(arguments), environment);
}

Lang spoken_language(const std::vector<std::string>& arguments, const Environment& environment) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view word = arguments[i];
    if (word == kOption && i + 1 < arguments.size()) {
      word = arguments[i + 1];
    } else if (word.starts_with("--lang=")) {
      word.remove_prefix(kOption.size() + 1);
    } else {
      continue;
    }
    if (word == "nl") return Lang::nl;
    if (word == "en") return Lang::en;
  }
  return default_language(environment);
}

}  // namespace kiem::cli
