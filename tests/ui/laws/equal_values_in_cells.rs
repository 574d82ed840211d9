use std::cmp::Ordering;

use divvy::par_reduce;

#[derive(Clone, Copy)]
struct Player {
    score: u32,
    id: u32,
}

impl PartialEq for Player {
    fn eq(&self, other: &Self) -> bool {
        self.score == other.score
    }
}

impl Eq for Player {}

impl PartialOrd for Player {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Player {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.cmp(&other.score)
    }
}

#[par_reduce]
fn best_by_team(players: &[Player], best: Vec<Player>) -> Vec<Player> {
    let mut best = best;
    for player in players {
        let team = player.id as usize % 4;
        best[team] = best[team].max(*player);
    }
    best
}

fn main() {}
