#include <doctest/doctest.h>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/keys.hpp"
#include "core/crypto/pwhash.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using kiem::test::SeededRng;

TEST_CASE("a hash under one tag is not the hash under another, also when the border between tag and part moves") {
  CHECK(hash_of("ab", {view("c")}) != hash_of("a", {view("bc")}));
  CHECK(hash_of("a", {view("b")}) == hash_of("a", {view("b")}));
  CHECK(keyed_hash_of(Bytes(32, 1), "a", {view("b")}) != keyed_hash_of(Bytes(32, 2), "a", {view("b")}));
}

TEST_CASE("a signature holds for its key, tag and message alone") {
  SeededRng rng(1);
  const auto key = SigningKey::generate(rng);
  const auto other = SigningKey::generate(rng);
  auto signature = key.sign("one", view("hello"));
  CHECK(verify(key.verify_key(), "one", view("hello"), signature));
  CHECK_FALSE(verify(key.verify_key(), "two", view("hello"), signature));
  CHECK_FALSE(verify(key.verify_key(), "one", view("hallo"), signature));
  CHECK_FALSE(verify(other.verify_key(), "one", view("hello"), signature));
  signature.bytes[3] ^= 1U;
  CHECK_FALSE(verify(key.verify_key(), "one", view("hello"), signature));
}

TEST_CASE("the same seed makes the same signing key") {
  SeededRng rng(2);
  const auto key = SigningKey::generate(rng);
  CHECK(SigningKey::from_seed(key.seed().view()).verify_key() == key.verify_key());
}

TEST_CASE("a sealed box opens with its key and associated data, and with nothing else") {
  SeededRng rng(3);
  const auto key = SecretBytes::random(32, rng);
  auto box = aead_box(key.view(), view("slot 1"), view("data key"), rng);
  const auto opened = aead_unbox(key.view(), view("slot 1"), box);
  REQUIRE(opened);
  CHECK(text_view(opened->view()) == "data key");
  CHECK_FALSE(aead_unbox(key.view(), view("slot 2"), box));
  CHECK_FALSE(aead_unbox(SecretBytes::random(32, rng).view(), view("slot 1"), box));
  CHECK_FALSE(aead_unbox(key.view(), view("slot 1"), ByteView(box).first(39)));
  for (std::size_t i = 0; i < box.size(); ++i) {
    box[i] ^= 1U;
    CHECK_FALSE(aead_unbox(key.view(), view("slot 1"), box));
    box[i] ^= 1U;
  }
}

TEST_CASE("nonces of one pool do not repeat over its refills") {
  SeededRng rng(4);
  NoncePool pool(rng);
  std::vector<std::array<std::uint8_t, kAeadNonceBytes>> drawn(1000);
  for (auto& nonce : drawn) pool.draw(nonce);
  std::sort(drawn.begin(), drawn.end());
  CHECK(std::adjacent_find(drawn.begin(), drawn.end()) == drawn.end());
}

TEST_CASE("a passphrase derives the same key with the same salt and cost, and another with any other") {
  const auto words = SecretBytes::copy_of(view("zon en regen"));
  const PwhashCost low{1, 64};
  const auto a = pwhash(words, Bytes(16, 1), low);
  const auto b = pwhash(words, Bytes(16, 1), low);
  const auto c = pwhash(words, Bytes(16, 2), low);
  REQUIRE(a);
  REQUIRE(b);
  REQUIRE(c);
  CHECK(equal_secrets(a->view(), b->view()));
  CHECK_FALSE(equal_secrets(a->view(), c->view()));
}

TEST_CASE("a cost above the cap, or of nothing, is refused before memory is taken") {
  const auto words = SecretBytes::copy_of(view("x"));
  for (const PwhashCost cost : {PwhashCost{3, kPwhashMaxMemoryKib + 1}, PwhashCost{kPwhashMaxPasses + 1, 64},
                                PwhashCost{0, 64}, PwhashCost{1, 7}}) {
    const auto key = pwhash(words, Bytes(16, 1), cost);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::kdf_too_costly);
  }
}

TEST_CASE("a moved secret leaves nothing behind, and a clone is its own") {
  auto a = SecretBytes::copy_of(view("geheim"));
  auto b = std::move(a);
  CHECK(a.empty());
  auto c = b.clone();
  c.edit()[0] = 'G';
  CHECK(text_view(b.view()) == "geheim");
  CHECK_FALSE(equal_secrets(b.view(), c.view()));
}
