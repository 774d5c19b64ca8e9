// Rows of the plain world and transactions as text, for a person who investigates a difference.
#pragma once

#include <string>

#include "tests/model/model.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

std::string text_of(const PlainUser& user, const Zone& zone);
std::string text_of(const PlainItem& item, const Zone& zone);
std::string text_of(const PlainCharge& charge, const Zone& zone);
std::string text_of(const PlainHold& hold, const Zone& zone);
std::string text_of(const PlainBill& bill, const Zone& zone);
std::string text_of(const PlainTransaction& transaction, const Zone& zone);
std::string text_of(const Verdict& verdict, const Zone& zone);
/// The policy of each library, the circulation map, and the profiles.
std::string text_of(const Policy& policy);

}  // namespace offcirc::model
