#include "common/http/certificate.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "common/base/bytes.hpp"

using namespace dossier;
using namespace dossier::http;

namespace {

const Instant kNow = instant_from("2026-03-02T06:05:04Z").value();

struct Folder {
    Folder() {
        char name[] = "/tmp/dossier-certificate-XXXXXX";
        path = ::mkdtemp(name);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }

    std::string write(const std::string& name,
                      const std::string& text,
                      unsigned mode = 0600) const {
        const std::string file = path + "/" + name;
        std::ofstream(file) << text;
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
        return file;
    }
    std::string path;
};

std::shared_ptr<X509> parsed(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    std::shared_ptr<X509> certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr), X509_free);
    BIO_free(bio);
    return certificate;
}

std::string why(const std::string& certificate, const std::string& key, Instant now = kNow) {
    const auto loaded = load_pem(certificate, key, now);
    return loaded ? "loaded" : std::string(loaded.error().id());
}

}  // namespace

TEST_SUITE("common/http/certificate") {
    TEST_CASE("one made here is for its names and its time, on P-256, and is no authority") {
        const Pem pem = make_self_signed({"office.example", "10.0.0.7", "::1"}, kNow);
        const auto certificate = parsed(pem.certificate);
        REQUIRE(certificate);
        X509* made = certificate.get();
        CHECK(X509_check_host(made, "office.example", 0, 0, nullptr) == 1);
        CHECK(X509_check_ip_asc(made, "10.0.0.7", 0) == 1);
        CHECK(X509_check_ip_asc(made, "::1", 0) == 1);
        CHECK(X509_check_host(made, "other.example", 0, 0, nullptr) == 0);
        CHECK(X509_check_ca(made) == 0);
        CHECK(X509_verify(made, X509_get0_pubkey(made)) == 1);
        CHECK((X509_get_extended_key_usage(made) & XKU_SSL_SERVER) != 0);
        char group[16] = {};
        std::size_t length = 0;
        CHECK(EVP_PKEY_get_group_name(X509_get0_pubkey(made), group, sizeof group, &length) == 1);
        CHECK(std::string(group) == "prime256v1");
        const auto day = [](int days) { return kNow.plus(std::chrono::days(days)).ms / 1000; };
        auto late = static_cast<std::time_t>(day(3649));
        auto later = static_cast<std::time_t>(day(3651));
        CHECK(X509_cmp_time(X509_get0_notAfter(made), &late) > 0);
        CHECK(X509_cmp_time(X509_get0_notAfter(made), &later) < 0);
    }
    TEST_CASE("no two are alike") {
        const Pem one = make_self_signed({"a"}, kNow);
        const Pem other = make_self_signed({"a"}, kNow);
        CHECK(one.key != other.key);
        CHECK(fingerprint(one.certificate) != fingerprint(other.certificate));
        CHECK(ASN1_INTEGER_cmp(X509_get0_serialNumber(parsed(one.certificate).get()),
                               X509_get0_serialNumber(parsed(other.certificate).get())) != 0);
    }
    TEST_CASE("what is no name gets no certificate, whatever it would add to one") {
        for (const char* name : {"", "a,DNS:evil.example", "a b", "a\nb", "客户", "a:b", "*"}) {
            CAPTURE(name);
            CHECK_THROWS_AS((void)make_self_signed({name}, kNow), std::invalid_argument);
        }
        CHECK_THROWS_AS((void)make_self_signed({}, kNow), std::invalid_argument);
        const std::string longest = std::string(63, 'a').append(".").append(63, 'b');
        CHECK_FALSE(make_self_signed({longest}, kNow).certificate.empty());
    }
    TEST_CASE("a fingerprint is the one browsers show") {
        // A self-signed certificate made by openssl, and what `openssl x509 -fingerprint` says.
        constexpr std::string_view kKnown =
            "-----BEGIN CERTIFICATE-----\n"
            "MIIBdzCCAR2gAwIBAgIUIn5mVXTAAuuCKFSsdMR3xrvxuEAwCgYIKoZIzj0EAwIw\n"
            "ETEPMA0GA1UEAwwGZ29sZGVuMB4XDTI2MTIwMTIwNTAwMVoXDTM2MTEyODIwNTAw\n"
            "MVowETEPMA0GA1UEAwwGZ29sZGVuMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
            "Gd3YHZ0dVIbbv6F6cYymuoQX9d1428jjVHS5S6ZiGgK/H3rmvEGE1F7g3l9cQsjg\n"
            "x47iDaAkatf2GKLUJDV1K6NTMFEwHQYDVR0OBBYEFM76AQXvQeRj1MEc+37w1muc\n"
            "O9SvMB8GA1UdIwQYMBaAFM76AQXvQeRj1MEc+37w1mucO9SvMA8GA1UdEwEB/wQF\n"
            "MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKjuxUVHAjE3QADntbOMgJMOyk/7JQxW\n"
            "NqFOIZsUX8a2AiAb8CEQXeV0QxtSOCHqy8IIaKZmYipUkCo6TidEAXSEtg==\n"
            "-----END CERTIFICATE-----\n";
        CHECK(fingerprint(kKnown) ==
              "D8:F4:8D:F0:93:57:01:2D:B4:10:D9:0E:EA:C3:AF:48:F0:5B:32:80:AB:F0:FA:5F:D5:4E:D1:46:"
              "66:00:C8:CE");
        CHECK_FALSE(fingerprint("no certificate"));
    }
    TEST_CASE("files that belong together and are valid are loaded") {
        const Folder folder;
        const Pem pem = make_self_signed({"a"}, kNow);
        const auto certificate = folder.write("c.pem", "a comment\n" + pem.certificate, 0644);
        const auto key = folder.write("k.pem", pem.key);
        const auto loaded = load_pem(certificate, key, kNow);
        REQUIRE(loaded);
        CHECK(loaded->key == pem.key);
        CHECK(fingerprint(loaded->certificate) == fingerprint(pem.certificate));
    }
    TEST_CASE("of files that do not serve it is told which and why") {
        const Folder folder;
        const Pem pem = make_self_signed({"a"}, kNow, std::chrono::days(30));
        const Pem other = make_self_signed({"a"}, kNow);
        const auto certificate = folder.write("c.pem", pem.certificate, 0644);
        const auto key = folder.write("k.pem", pem.key);
        const std::string locked =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGbMA==\n-----END ENCRYPTED PRIVATE "
            "KEY-----\n";
        CHECK(why(folder.path + "/none.pem", key) == "http.cannot_read_pem");
        CHECK(why(certificate, folder.path + "/none.pem") == "http.cannot_read_pem");
        CHECK(why(folder.path, key) == "http.cannot_read_pem");
        CHECK(why(key, key) == "http.no_certificate");
        CHECK(why(folder.write("e.pem", ""), key) == "http.no_certificate");
        CHECK(why(certificate, folder.write("t.pem", pem.certificate)) == "http.no_private_key");
        CHECK(why(certificate, folder.write("l.pem", locked)) == "http.no_private_key");
        CHECK(why(certificate, folder.write("o.pem", other.key)) == "http.foreign_private_key");
        CHECK(why(certificate, folder.write("w.pem", pem.key, 0644)) == "http.open_private_key");
        CHECK(why(certificate, folder.write("g.pem", pem.key, 0640)) == "loaded");
        CHECK(why(certificate, key, kNow.plus(std::chrono::days(31))) == "http.certificate_over");
        CHECK(why(certificate, key, kNow.plus(-std::chrono::days(2))) == "http.certificate_over");
        const auto over = load_pem(certificate, key, kNow.plus(std::chrono::days(31)));
        CHECK(describe(over.error(), Lang::En)
                  .find("is from Mar  1 06:05:04 2026 GMT to Apr  1 "
                        "06:05:04 2026 GMT") != std::string::npos);
    }
}
