// How far a transaction has come on its way into the library's live system.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace offcirc {

enum class SendState : std::uint8_t {
#define SEND_STATE(name, number, code, phrase, action) name = number,
#include "loader/model/send_states.def"
#undef SEND_STATE
};
inline constexpr int k_send_state_count = 14;

/// The numbers of the states in which the live system has what a message says, for SQL: sent, confirmed, there-already,
/// sent-as-renewal, due-differs, took-from-another and hold-captured. Nothing makes such a message be sent again.
inline constexpr std::string_view k_carried_out = "(2, 4, 5, 6, 7, 8, 13)";

/// The stable code, such as `handed-out`.
std::string_view code_of(SendState state);
/// What it means, in words for staff.
std::string_view phrase_of(SendState state);
/// What staff do about it, in one sentence; empty if there is nothing to do.
std::string_view action_of(SendState state);
std::optional<SendState> find_send_state(std::string_view code);

/// Returns whether later transactions of the same item must wait until staff release them: what the live system has
/// done with this one is unknown or differs from what offcirc decided.
bool holds_back_item(SendState state);

}  // namespace offcirc
