#include "loader/model/send_state.hpp"

#include <array>

namespace offcirc {
namespace {

struct StateFacts {
  SendState state;
  std::string_view code, phrase, action;
};

constexpr std::array k_states = {
#define SEND_STATE(name, number, code, phrase, action) StateFacts{SendState::name, code, phrase, action},
#include "loader/model/send_states.def"
#undef SEND_STATE
};

constexpr bool is_indexed_by_number() {
  for (std::size_t i = 0; i < k_states.size(); ++i)
    if (static_cast<std::size_t>(k_states[i].state) != i) return false;
  return k_states.size() == k_send_state_count;
}
static_assert(is_indexed_by_number());

const StateFacts& facts_of(SendState state) {
  return k_states.at(static_cast<std::size_t>(state));
}

}  // namespace

std::string_view code_of(SendState state) {
  return facts_of(state).code;
}

std::string_view phrase_of(SendState state) {
  return facts_of(state).phrase;
}

std::string_view action_of(SendState state) {
  return facts_of(state).action;
}

std::optional<SendState> find_send_state(std::string_view code) {
  for (const StateFacts& facts : k_states)
    if (facts.code == code) return facts.state;
  return std::nullopt;
}

bool holds_back_item(SendState state) {
  return state == SendState::refused || state == SendState::moved_on || state == SendState::unconfirmed;
}

}  // namespace offcirc
