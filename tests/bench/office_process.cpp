#include "tests/bench/office_process.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dossier::bench {

OfficeProcess::OfficeProcess(const Folder& folder, const std::vector<std::string>& more)
    : out_(folder.path("serve.out")) {
    std::vector<std::string> words{
        DOSSIER_SERVER,     "--lang", "en",       "--dir",       folder.path(""), "--key-file",
        folder.path("key"), "serve",  "--listen", "127.0.0.1:0", "--log",         "/dev/null"};
    words.insert(words.end(), more.begin(), more.end());
    std::filesystem::remove(out_);  // of one that served before
    std::fflush(stdout);            // or the child writes it, too
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // a benchmark that stops leaves no office behind
    if (std::freopen(out_.c_str(), "w", stdout) == nullptr) ::_exit(126);
    std::vector<char*> line;
    for (std::string& word : words) line.push_back(word.data());
    line.push_back(nullptr);
    ::execv(DOSSIER_SERVER, line.data());
    ::_exit(127);
}

OfficeProcess::~OfficeProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

std::uint16_t OfficeProcess::port(std::size_t number) {
    constexpr std::string_view kHost = "127.0.0.1:";
    for (int tries = 0; tries < 200; ++tries) {
        std::ifstream in(out_);
        std::stringstream told;
        told << in.rdbuf();
        const std::string text = told.str();
        std::size_t at = text.find(kHost);
        for (std::size_t i = 0; i < number && at != std::string::npos; ++i)
            at = text.find(kHost, at + 1);
        if (at != std::string::npos)
            return static_cast<std::uint16_t>(std::atoi(text.c_str() + at + kHost.size()));
        ::usleep(50'000);
    }
    std::cerr << "benchmark stopped: dossierd did not start\n";
    std::exit(1);
}

double OfficeProcess::cpu_ms() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
    std::string word;
    double ticks = 0;
    for (int i = 1; i <= 15 && in >> word; ++i) {
        if (i >= 14) ticks += std::atof(word.c_str());
    }
    return ticks * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string OfficeProcess::status(const std::string& name) const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.rfind(name, 0) == 0)
            return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    }
    return "?";
}

double OfficeProcess::resident_mb() const {
    return std::atof(status("VmRSS:").c_str()) / 1024;
}

std::size_t OfficeProcess::descriptors() const {
    std::error_code gone;
    const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid_) + "/fd", gone);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace dossier::bench
